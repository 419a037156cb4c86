import type { Chart, ChartOptions } from '../../analysis/charts/chart.ts';
import { consortChart } from '../../analysis/charts/consort.ts';
import { meanChangeChart } from '../../analysis/charts/mean-change.ts';
import { recruitmentChart } from '../../analysis/charts/recruitment.ts';
import { responseChart } from '../../analysis/charts/response.ts';
import { riskDifferenceChart } from '../../analysis/charts/risk-difference.ts';
import type { OutcomePlan } from '../../analysis/index.ts';
import { renderSvg } from '../charts/render.ts';
import type { ChartCard, ChartId } from './contract.ts';
import type { Material } from './material.ts';

/** Of the picture in its card, in pixels. */
const widths: Record<ChartId, number> = {
  consort: 720,
  recruitment: 400,
  response: 480,
  'risk-difference': 680,
  'mean-change': 480,
};

/** The chart as a spec with words and table; null where the study has nothing for it (no change outcome, one arm). */
export function chartOf(material: Material, id: ChartId, options: ChartOptions): Chart | null {
  const { rows, plan, dataset, outcome, change, query } = material;
  const common = {
    rows,
    arms: dataset.arms,
    visits: dataset.visits,
    missing: query.missing,
    level: plan.level,
  };
  switch (id) {
    case 'consort':
      return consortChart({ flow: material.flow, arms: dataset.arms }, options);
    case 'recruitment':
      return recruitmentChart(material.recruitment, options);
    case 'response':
      return outcome && responseChart({ ...common, outcome }, options);
    case 'risk-difference':
      return outcome && plan.contrasts.length > 0
        ? riskDifferenceChart({ ...common, outcome, primary: material.primary }, options)
        : null;
    case 'mean-change':
      return (
        change &&
        meanChangeChart({ ...common, outcome: change, atBaseline: atBaseline(material, change) }, options)
      );
  }
}

/** Every chart of the dashboard, rendered for light and dark pages. */
export async function chartCards(material: Material): Promise<ChartCard[]> {
  const cards: ChartCard[] = [];
  for (const id of Object.keys(widths) as ChartId[]) {
    const options = { masked: material.masked, width: widths[id] };
    const light = chartOf(material, id, { ...options, theme: 'light' });
    const dark = chartOf(material, id, { ...options, theme: 'dark' });
    if (!light || !dark) continue;
    const { title, subtitle, description, table } = light;
    cards.push({
      id,
      title,
      subtitle,
      description,
      light: await renderSvg(light.spec),
      dark: await renderSvg(dark.spec),
      table,
    });
  }
  return cards;
}

/** Participants with a baseline score, by arm. */
function atBaseline({ dataset }: Material, { measure }: OutcomePlan): Record<string, number> {
  const baseline = dataset.visits.find((visit) => visit.baseline)?.id;
  const scored = new Set(
    dataset.scores
      .filter((score) => score.visit === baseline && score.measure === measure)
      .map((score) => score.participant),
  );
  return Object.fromEntries(
    dataset.arms.map(({ id }) => [
      id,
      dataset.participants.filter((one) => one.arm === id && scored.has(one.id)).length,
    ]),
  );
}
