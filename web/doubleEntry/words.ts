import { IconArrowsDiff, IconCircleCheck, IconClock, IconGavel, IconPencil } from '@tabler/icons-react';
import type { EntryState } from '../../server/doubleEntry/contract.ts';
import { ASSESSED_ON } from '../../server/doubleEntry/rules.ts';
import type { ItemValue } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { answerInWords } from '../forms/answer.ts';
import { inPercent } from '../language/number.ts';
import { t } from '../language/t.ts';
import { fullDay } from '../time.ts';

/** How a state looks and what it is called. */
export const faces: Record<EntryState, { icon: typeof IconClock; word: string; tone: string }> = {
  waiting: { icon: IconClock, word: t('Waits for a second entry'), tone: 'no' },
  started: { icon: IconPencil, word: t('Second entry begun'), tone: 'no' },
  differs: { icon: IconArrowsDiff, word: t('Entries differ'), tone: 'wrn' },
  agrees: { icon: IconCircleCheck, word: t('Entries agree'), tone: 'ok' },
  adjudicated: { icon: IconGavel, word: t('Adjudicated'), tone: 'ok' },
};

/** "16 Loss of weight", "Date of assessment". */
export function fieldName(instrument: InstrumentDocument | undefined, field: string): string {
  if (field === ASSESSED_ON) return t('Date of assessment');
  const index = instrument?.items.findIndex(({ id }) => id === field) ?? -1;
  return index < 0 ? field : `${index + 1} ${instrument!.items[index]!.label}`;
}

/** A value of either entry in words. */
export function valueWords(
  instrument: InstrumentDocument,
  missing: readonly { code: string; label: string }[],
  field: string,
  value: ItemValue | null,
): string {
  if (value === null) return t('Blank');
  if (field === ASSESSED_ON) return 'value' in value ? fullDay(String(value.value)) : t('Blank');
  const item = instrument.items.find(({ id }) => id === field);
  if (!item) return 'value' in value ? String(value.value) : value.missing;
  const words = answerInWords(item, value, missing);
  return item.kind === 'choice' && 'value' in value ? `${value.value} ${words}` : words;
}

/** "2.4 %"; an en dash where nothing was compared. */
export const percent = (part: number, whole: number): string =>
  whole === 0 ? '–' : inPercent(((100 * part) / whole).toFixed(1));
