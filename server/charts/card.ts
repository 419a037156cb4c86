import type { TopLevelSpec } from 'vega-lite';
import { type ChartOptions, chartKinds, type StudyCharts, studyChart } from '../../analysis/charts/index.ts';
import type { Dataset } from '../../analysis/dataset.ts';
import type { ScreeningCounts } from '../../analysis/flow.ts';
import type { ResultRow } from '../../analysis/plan.ts';
import type { ChartCard, ChartId } from '../results/contract.ts';
import { renderSvg } from './render.ts';

export interface CardOptions extends Omit<StudyCharts, 'dataset' | 'screening' | 'rows'> {
  /** Whether arms stand behind letters or are pooled. */
  masked: boolean;
  /** `wide` suits the dashboard's cards, `phone` a card of 340 pixels. */
  layout?: 'wide' | 'phone';
}

/** Width of each chart in its dashboard card, in pixels. */
export const cardWidths: Record<NonNullable<CardOptions['layout']>, Record<ChartId, number>> = {
  wide: { consort: 760, recruitment: 360, response: 440, 'risk-difference': 632, 'mean-change': 440 },
  phone: { consort: 340, recruitment: 340, response: 340, 'risk-difference': 340, 'mean-change': 340 },
};

/**
 * The dashboard's chart cards: words, numbers and the picture in both schemes. A chart whose outcome the plan doesn't
 * have is left out; one without data yet is a card that says so.
 */
export async function chartCards(
  dataset: Dataset,
  screening: ScreeningCounts,
  rows: readonly ResultRow[],
  { masked, layout = 'wide', ...options }: CardOptions,
): Promise<ChartCard[]> {
  const study: StudyCharts = { ...options, dataset, screening, rows };
  const cards: ChartCard[] = [];
  for (const id of chartKinds) {
    const chartOptions = { masked, width: cardWidths[layout][id] };
    const light = studyChart(id, study, { ...chartOptions, theme: 'light' } satisfies ChartOptions);
    const dark = studyChart(id, study, { ...chartOptions, theme: 'dark' } satisfies ChartOptions);
    if (!light || !dark) continue;
    const { title, subtitle, description, table } = light;
    cards.push({
      id,
      title,
      subtitle,
      description,
      table,
      light: await picture(light.spec),
      dark: await picture(dark.spec),
    });
  }
  return cards;
}

const KEPT = 128;
const pictures = new Map<string, string>();

/** The same spec gives the same picture, so a dashboard whose numbers stand still is drawn once. */
async function picture(spec: TopLevelSpec): Promise<string> {
  const key = JSON.stringify(spec);
  const known = pictures.get(key) ?? (await renderSvg(spec));
  pictures.delete(key);
  pictures.set(key, known);
  const oldest = pictures.keys().next();
  if (pictures.size > KEPT && !oldest.done) pictures.delete(oldest.value);
  return known;
}
