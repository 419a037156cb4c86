import type { PlanResults } from '../../analysis/estimands/results.ts';
import { reportFigures } from '../../analysis/report/figures.ts';
import { type DrawnFigure, reportHtml } from '../../analysis/report/html.ts';
import { inFinnish } from '../charts/localised.ts';
import { renderSvg } from '../charts/render.ts';
import { typeface } from '../charts/typeface.ts';
import { notValid } from '../errors.ts';
import type { Language } from '../language/language.rules.ts';
import { planWords } from '../results/words.ts';
import { checkResults } from './results.ts';

/** Draws the figures of results and sets them, with tables and typeface, into one HTML file, in English or another language. */
export async function makeReport(results: PlanResults, language: Language = 'en'): Promise<string> {
  const say = language === 'en' ? null : planWords(language);
  const figures: DrawnFigure[] = [];
  for (const { analysis, chart: drawn } of reportFigures(results)) {
    const chart = say ? inFinnish(drawn, say) : drawn;
    figures.push({
      analysis,
      title: chart.title,
      subtitle: chart.subtitle,
      svg: await renderSvg(chart.spec),
    });
  }
  return reportHtml(results, figures, await typeface(), say ? { lang: language, say } : undefined);
}

/**
 * Reads a results file.
 *
 * @throws {Refused} for a file that isn't one, with the places that are wrong
 */
export function readResults(text: string, file: string): PlanResults {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw notValid(`${file} isn’t JSON. Give the file that \`equipoise analyse\` wrote.`);
  }
  const parsed = checkResults(value);
  if (parsed.success) return parsed.data;
  throw notValid(
    `${file} isn’t a results file. Give the file that \`equipoise analyse\` wrote.`,
    parsed.error.issues.slice(0, 10).map(({ path, message }) => ({ path: path.join('.'), message })),
  );
}
