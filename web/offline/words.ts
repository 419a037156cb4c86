import { differences } from '../forms/difference.ts';
import { t } from '../language/t.ts';
import { type KeptWork, waitsFor } from './kept.ts';

/** How many fields of the form are other than on the version that the work began on. */
export function changedFields({ base, work }: Pick<KeptWork, 'base' | 'work'>): number {
  const items = new Set([...Object.keys(base.values), ...Object.keys(work.values)]);
  return differences([...items], base, work, base).length;
}

/** What kept work waits for, in a sentence. */
export function waitingLine(kept: KeptWork): string {
  switch (waitsFor(kept)) {
    case 'server':
      return kept.intent?.complete && !kept.correction
        ? t('Waits for the server; then it is marked complete.')
        : t('Waits for the server.');
    case 'reason':
      return t('The form is complete. Open it and give the reason for the change.');
    case 'choice':
      return t('Someone else saved this form. Open it and choose field by field.');
    case 'look':
      return kept.trouble?.kind === 'refused'
        ? t('Refused: {message}', { message: kept.trouble.message })
        : '';
  }
}

/** What the top bar says of the forms that are on this device only; null when it need not count them. */
export function keptLine(kept: readonly KeptWork[]): string | null {
  const stuck = kept.filter((one) => ['choice', 'look'].includes(waitsFor(one))).length;
  if (stuck > 0)
    return t('{forms, plural, one {# form} other {# forms}} need{what} you', {
      forms: stuck,
      what: stuck === 1 ? 's' : '',
    });
  return kept.length > 1
    ? t('{forms, plural, one {# form} other {# forms}} on this device', { forms: kept.length })
    : null;
}
