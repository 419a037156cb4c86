import type { Dashboard } from '../../server/results/contract.ts';
import { t } from '../language/t.ts';
import { clockSeconds, fullDay, localDay } from '../time.ts';

/** Text as a quoted string of CSS: code points that could end it are written as escapes. */
const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\\n\r\f<>&]/g, (mark) => `\\${mark.codePointAt(0)!.toString(16)} `)}"`;

/** What every printed sheet says of its figures: whose they are, as of when, and whether arms are in them. */
export function PageFoot({ code, dashboard }: { code: string; dashboard: Dashboard }) {
  const { asOf, showing, synthetic } = dashboard;
  const arms = { open: t('Arms shown'), masked: t('Arms behind letters'), pooled: t('Arms hidden') };
  const words = [
    code,
    t('As of {asOf}, {asOf2}', { asOf: fullDay(localDay(asOf)), asOf2: clockSeconds(asOf) }),
    arms[showing],
    ...(synthetic ? [t('Synthetic data')] : []),
  ];
  return (
    <style>{`@page results { @bottom-left { content: ${quoted(words.join(' · '))}; font: 9pt Inter, sans-serif; } }`}</style>
  );
}
