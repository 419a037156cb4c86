import type { PlanResults } from '../../analysis/estimands/results.ts';
import { reportFigures } from '../../analysis/report/figures.ts';
import { type DrawnFigure, reportHtml } from '../../analysis/report/html.ts';
import { renderSvg } from '../charts/render.ts';
import { typeface } from '../charts/typeface.ts';
import { notValid } from '../errors.ts';
import { checkResults } from './results.ts';

/** Draws the figures of results and sets them, with tables and typeface, into one HTML file. */
export async function makeReport(results: PlanResults): Promise<string> {
  const figures: DrawnFigure[] = [];
  for (const { analysis, chart } of reportFigures(results))
    figures.push({
      analysis,
      title: chart.title,
      subtitle: chart.subtitle,
      svg: await renderSvg(chart.spec),
    });
  return reportHtml(results, figures, await typeface());
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
