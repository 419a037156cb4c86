import type { FormView } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { fullDay } from '../time.ts';
import { answerInWords } from './answer.ts';
import { differences, type Work, workOf } from './difference.ts';
import { fieldName } from './fieldName.ts';

interface Change {
  field: string;
  label: string;
  was: string;
  is: string;
}

/** What differs between two states of a form, field by field in form order; `full` gives anchors, not codes. */
export function changesInWords(
  instrument: InstrumentDocument,
  missing: readonly { code: string; label: string }[],
  before: Work,
  after: Work,
  form: 'full' | 'short' = 'short',
): Change[] {
  const order = instrument.items.map(({ id }) => id);
  return differences(order, before, after, before).map(({ field, item: id, mine, theirs }) => {
    const item = instrument.items.find((one) => one.id === id);
    const [was, is] = [theirs, mine].map((value) => {
      if (value === null) return 'blank';
      if (item) return answerInWords(item, value, missing, item.kind === 'choice' ? form : 'full');
      const text = 'value' in value ? String(value.value) : '';
      return field === 'assessedOn' ? fullDay(text) : text;
    });
    return { field, label: fieldName(instrument, field), was: was!, is: is! };
  });
}

/** What was typed and the server does not have, as lines to paste elsewhere: “3 Suicide: 1 – Life is not worth living”. */
export function typedAsText(
  { visits, missing }: StudyDocument,
  instrument: InstrumentDocument,
  confirmed: FormView,
  work: Work,
): string {
  const visit = visits.find(({ id }) => id === confirmed.visit)?.label ?? confirmed.visit;
  const changes = changesInWords(instrument, missing, workOf(confirmed), work, 'full');
  const lines = changes.map(({ label, field, is }) => {
    const value = work.values[field];
    const item = instrument.items.find(({ id }) => id === field);
    const code = item?.kind === 'choice' && value && 'value' in value ? `${String(value.value)} – ` : '';
    return `${label}: ${code}${is}`;
  });
  return [`${confirmed.participant}, ${visit}, ${instrument.short}`, ...lines].join('\n');
}
