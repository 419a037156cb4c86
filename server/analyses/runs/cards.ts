import type { Chart, ChartOptions } from '../../../analysis/charts/index.ts';
import type { PlanResults } from '../../../analysis/estimands/results.ts';
import { reportFigures } from '../../../analysis/report/figures.ts';
import { inFinnish } from '../../charts/localised.ts';
import type { Say } from '../../results/words.ts';

const WIDTHS = { wide: 660, phone: 340 };

/** The charts of one analysis; those of its measure that belong to no analysis come last. */
export function chartsOf(results: PlanResults, analysis: string, options: ChartOptions): Chart[] {
  return figuresOf(results, analysis, options).map(({ chart }) => chart);
}

function figuresOf(results: PlanResults, analysis: string, options: ChartOptions) {
  const one = results.analyses.find(({ id }) => id === analysis);
  const narrowed = {
    ...results,
    analyses: results.analyses.filter(({ id }) => id === analysis),
    measures: results.measures.filter(({ id }) => id === one?.variable.measure),
  };
  return reportFigures(narrowed, options).toSorted(
    (a, b) => Number(a.analysis === null) - Number(b.analysis === null),
  );
}

/** The pictures of one analysis in both schemes, each with its words and numbers. */
export async function cardsOf(
  results: PlanResults,
  analysis: string,
  layout: 'wide' | 'phone',
  say: Say | null,
) {
  const { renderSvg } = await import('../../charts/render.ts');
  const figures = (theme: 'light' | 'dark') =>
    figuresOf(results, analysis, { theme, masked: false, width: WIDTHS[layout], say }).map(
      ({ analysis: own, chart }) => ({
        observed: own === null,
        chart: say ? inFinnish(chart, say) : chart,
      }),
    );
  const dark = figures('dark');
  const cards = [];
  for (const [index, { observed, chart }] of figures('light').entries()) {
    const { title, subtitle, description, table, spec } = chart;
    cards.push({
      title,
      observed,
      subtitle,
      description,
      table,
      light: await renderSvg(spec),
      dark: await renderSvg(dark[index]!.chart.spec),
    });
  }
  return cards;
}
