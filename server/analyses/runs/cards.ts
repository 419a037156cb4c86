import type { PlanResults } from '../../../analysis/estimands/results.ts';
import { reportFigures } from '../../../analysis/report/figures.ts';

const WIDTHS = { wide: 660, phone: 340 };

/** The pictures of one analysis in both schemes; those of its measure that belong to no analysis come last. */
export async function cardsOf(results: PlanResults, analysis: string, layout: 'wide' | 'phone') {
  const { renderSvg } = await import('../../charts/render.ts');
  const one = results.analyses.find(({ id }) => id === analysis);
  const narrowed = {
    ...results,
    analyses: results.analyses.filter(({ id }) => id === analysis),
    measures: results.measures.filter(({ id }) => id === one?.variable.measure),
  };
  const figures = (theme: 'light' | 'dark') =>
    reportFigures(narrowed, { theme, masked: false, width: WIDTHS[layout] }).toSorted(
      (a, b) => Number(a.analysis === null) - Number(b.analysis === null),
    );
  const dark = figures('dark');
  const cards = [];
  for (const [index, { chart }] of figures('light').entries())
    cards.push({
      title: chart.title,
      subtitle: chart.subtitle,
      description: chart.description,
      light: await renderSvg(chart.spec),
      dark: await renderSvg(dark[index]!.chart.spec),
    });
  return cards;
}
