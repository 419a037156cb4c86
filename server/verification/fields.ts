import type { ItemValues } from '../forms/contract.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { takesAnswer } from '../instruments/rules.ts';
import type { Mark, VersionAnswers } from './rules.ts';
import { DATE_FIELD } from './rules.ts';
import type { MarkRecord, markedVersions } from './store.ts';

/** What can be compared with the source of a form: the date of assessment, and every item that somebody answers. */
export function fieldsOf(instrument: InstrumentDocument): { field: string; label: string }[] {
  return [
    { field: DATE_FIELD, label: 'Date of assessment' },
    ...instrument.items.filter(takesAnswer).map(({ id, label }) => ({ field: id, label })),
  ];
}

export const markOf = ({ item, version, verified }: MarkRecord): Mark => ({
  item,
  version,
  verified: verified === 1,
});

export const versionOf = ({
  version,
  assessed_on,
  answers,
}: Awaited<ReturnType<typeof markedVersions>>[number]): VersionAnswers => ({
  version,
  assessedOn: assessed_on,
  values: JSON.parse(answers) as ItemValues,
});
