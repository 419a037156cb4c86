import type { TopLevelSpec } from 'vega-lite';
import {
  type AnyChartKind,
  type ChartOptions,
  chartKinds,
  furtherKinds,
  type StudyCharts,
  studyChart,
} from '../../analysis/charts/index.ts';
import type { Dataset } from '../../analysis/dataset.ts';
import type { ScreeningCounts } from '../../analysis/flow.ts';
import type { ResultRow } from '../../analysis/plan.ts';
import type { ChartCard, ChartId } from '../results/contract.ts';
import { inFinnish } from './localised.ts';
import { renderSvg } from './render.ts';

export interface CardOptions extends Omit<StudyCharts, 'dataset' | 'screening' | 'rows'> {
  /** Whether arms stand behind letters or are pooled. */
  masked: boolean;
  /** `wide` suits the dashboard's cards, `phone` a card of 340 pixels. */
  layout?: 'wide' | 'phone';
  /** Says its words in another language than English. */
  say?: ((text: string) => string) | null;
}

const every = (width: number) =>
  Object.fromEntries([...chartKinds, ...furtherKinds].map((kind) => [kind, width])) as Record<
    ChartId,
    number
  >;

/** Of charts with many rows, whose cards take the whole page. */
const WIDE = 880;

/** Width of each chart in its dashboard card, in pixels. */
export const cardWidths: Record<NonNullable<CardOptions['layout']>, Record<ChartId, number>> = {
  wide: {
    ...every(536),
    consort: 760,
    recruitment: 360,
    response: 440,
    'risk-difference': 632,
    'mean-change': 440,
    items: WIDE,
    subgroups: WIDE,
    sites: WIDE,
  },
  phone: every(340),
};

/**
 * The dashboard's chart cards: words, numbers and the picture in both schemes. A chart whose outcome the plan doesn't
 * have is left out; one without data yet is a card that says so.
 */
export async function chartCards(
  dataset: Dataset,
  screening: ScreeningCounts,
  rows: readonly ResultRow[],
  { masked, layout = 'wide', say, ...options }: CardOptions,
): Promise<ChartCard[]> {
  const study: StudyCharts = { ...options, dataset, screening, rows };
  const cards: ChartCard[] = [];
  for (const id of chartKinds) {
    const card = await chartCard(id, study, { masked, layout, say });
    if (card) cards.push(card);
  }
  return cards;
}

/** One chart as a card, or null where the study has nothing that it could show. */
export async function chartCard(
  id: AnyChartKind,
  study: StudyCharts,
  { masked, layout = 'wide', say }: Pick<CardOptions, 'masked' | 'layout' | 'say'>,
): Promise<ChartCard | null> {
  const options = { masked, width: cardWidths[layout][id], say };
  const drawn = (theme: ChartOptions['theme']) => {
    const chart = studyChart(id, study, { ...options, theme });
    return chart && say ? inFinnish(chart, say) : chart;
  };
  const light = drawn('light');
  const dark = drawn('dark');
  if (!light || !dark) return null;
  const { title, subtitle, description, table } = light;
  return {
    id,
    title,
    subtitle,
    description,
    table,
    light: await picture(light.spec),
    dark: await picture(dark.spec),
  };
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
