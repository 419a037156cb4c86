import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { checkValues, itemName, progress, type Surroundings } from '../../server/instruments/rules.ts';
import { t } from '../language/t.ts';
import type { Work } from './difference.ts';
import { outside, type VisitWindow } from './window.ts';

/** Something that stands between a form and "complete"; `item` is null for the date of assessment. */
export interface Problem {
  item: string | null;
  message: string;
}

/** Everything that keeps a form from being complete, in the order of the page. */
export function problemsOf(
  instrument: InstrumentDocument,
  work: Work,
  window: VisitWindow,
  missing: readonly { code: string; label: string }[],
  around: Surroundings = {},
  /** Whether unusual answers need a reason; those of a second entry are explained in the form itself. */
  explained = true,
): Problem[] {
  const problems: Problem[] = [];
  const day = work.assessedOn;
  if (day === null) problems.push({ item: null, message: t('The date of assessment is blank.') });
  else if (outside(window, day) && !work.lateReason) {
    problems.push({
      item: null,
      message: t('The date of assessment is outside the window. Keep it with a reason, or change it.'),
    });
  }
  const { blank } = progress(instrument, work.values, around);
  const findings = checkValues(instrument, work.values, missing, around).filter(
    ({ kind, key }) => kind === 'impossible' || (explained && !work.reasons?.[key]),
  );
  for (const { item, message } of findings) if (item === null) problems.push({ item, message });
  for (const item of instrument.items) {
    for (const finding of findings)
      if (finding.item === item.id) problems.push({ item: item.id, message: finding.message });
    if (blank.includes(item.id)) {
      problems.push({
        item: item.id,
        message: t('{itemName} has no answer. {scoreIt}, or choose why it is missing.', {
          itemName: itemName(item),
          scoreIt: scoreIt(item.kind),
        }),
      });
    }
  }
  return problems;
}

/** What among the answers stands between the form and “complete”, in a sentence; null where nothing does. */
export function standsAgainst(
  instrument: InstrumentDocument,
  { values, reasons }: Pick<Work, 'values' | 'reasons'>,
  missing: readonly { code: string; label: string }[],
  around: Surroundings = {},
  explained = true,
): string | null {
  const { blank } = progress(instrument, values, around);
  if (blank.length > 0)
    return t('{itemsHave, plural, one {# item has} other {# items have}} no answer yet.', {
      itemsHave: blank.length,
    });
  const findings = checkValues(instrument, values, missing, around);
  const impossible = findings.filter(({ kind }) => kind === 'impossible').length;
  if (impossible > 0)
    return impossible === 1
      ? t('One thing on this form can’t be right.')
      : t('{impossible} things on this form can’t be right.', { impossible });
  const open = explained ? findings.filter(({ key }) => !reasons?.[key]).length : 0;
  return open > 0
    ? t('{unusualAnswers, plural, one {# unusual answer needs} other {# unusual answers need}} a reason.', {
        unusualAnswers: open,
      })
    : null;
}

const scoreIt = (kind: string): string => (kind === 'choice' ? t('Score it') : t('Fill it in'));
