import type { Connection } from '../db/database.ts';
import type { Study } from '../studies/study.ts';
import type { EntryState } from './contract.ts';
import { stateOf } from './rules.ts';
import { entriesOf } from './store.ts';
import { wantedTwice } from './wanted.ts';

interface FormOf {
  participant_id: string;
  visit: string;
  instrument: string;
  status: string;
}

/**
 * Forms with how far their second entry is, for exports: '' for a form that isn't to be entered twice. Where the
 * protocol has no double entry, forms come back as they are, and nothing is read.
 */
export async function withSecondEntries<Form extends FormOf>(
  db: Connection,
  { document }: Study,
  forms: readonly Form[],
): Promise<(Form & { double_entry?: EntryState | '' })[]> {
  if (!document.doubleEntry) return [...forms];
  const entries = new Map(
    (await entriesOf(db, [...new Set(forms.map((form) => form.participant_id))])).map((entry) => [
      `${entry.participant_id} ${entry.visit} ${entry.instrument}`,
      entry,
    ]),
  );
  return forms.map((form) => {
    const { participant_id, visit, instrument } = form;
    const entry = entries.get(`${participant_id} ${visit} ${instrument}`);
    const wanted =
      entry !== undefined ||
      (form.status === 'complete' && wantedTwice(document, participant_id, visit, instrument));
    return { ...form, double_entry: wanted ? stateOf(entry, Number(entry?.decisions ?? 0)) : '' };
  });
}
