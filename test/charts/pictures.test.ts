import { describe, test } from 'vitest';
import { analyse } from '../../analysis/analyse.ts';
import {
  type AnyChartKind,
  type ChartOptions,
  chartKinds,
  furtherKinds,
  studyChart,
} from '../../analysis/charts/index.ts';
import type { Dataset } from '../../analysis/dataset.ts';
import { cardWidths } from '../../server/charts/card.ts';
import { renderSvg } from '../../server/charts/render.ts';
import { comparePicture } from './picture.ts';
import { runningOf } from './running.ts';
import {
  EIGHT_ARMS,
  emptyTrial,
  FIVE_VISITS,
  firstMonths,
  letter,
  makeTrial,
  oneArmEmpty,
  pool,
  studyOf,
  THREE_ARMS,
  TWO_ARMS,
} from './trial.ts';

interface Case {
  name: string;
  dataset: Dataset;
  options: Partial<ChartOptions> & { theme: ChartOptions['theme'] };
  kinds?: readonly AnyChartKind[];
  /** Of those beyond the dashboard; all where absent. */
  further?: readonly AnyChartKind[];
  asOf?: string;
  phone?: boolean;
}

const three = makeTrial(THREE_ARMS);
const outcomes: AnyChartKind[] = ['response', 'risk-difference', 'mean-change'];
const ofArms: AnyChartKind[] = [
  'cumulative',
  'trajectories',
  'raincloud',
  'waterfall',
  'missing',
  'balance',
  'subgroups',
];
const note = 'Data as of 6 Mar 2028, 06:00. Arms shown. Synthetic data.';

const cases: Case[] = [
  { name: 'three-light', dataset: three, options: { theme: 'light' } },
  { name: 'three-dark', dataset: three, options: { theme: 'dark' } },
  {
    name: 'three-print',
    dataset: three,
    options: { theme: 'print', standalone: true, note },
    further: ['subgroups', 'sites'],
  },
  { name: 'three-phone', dataset: three, options: { theme: 'light' }, phone: true },
  { name: 'two-light', dataset: makeTrial(TWO_ARMS), options: { theme: 'light' }, further: [] },
  {
    name: 'eight-dark',
    dataset: makeTrial(EIGHT_ARMS),
    options: { theme: 'dark' },
    kinds: outcomes,
    further: ['balance', 'missing', 'cumulative'],
  },
  {
    name: 'five-visits-phone',
    dataset: makeTrial(FIVE_VISITS),
    options: { theme: 'light' },
    kinds: outcomes,
    further: ['trajectories', 'missing'],
    phone: true,
  },
  {
    name: 'pooled-light',
    dataset: pool(three),
    options: { theme: 'light', masked: true },
    further: ['cumulative', 'trajectories', 'raincloud', 'waterfall', 'missing'],
  },
  {
    name: 'lettered-dark',
    dataset: letter(three),
    options: { theme: 'dark', masked: true },
    kinds: outcomes,
    further: ofArms,
  },
  {
    name: 'early-light',
    dataset: firstMonths(three),
    options: { theme: 'light' },
    further: ['missing', 'subgroups'],
    asOf: '2026-02-20',
  },
  {
    name: 'one-arm-empty-light',
    dataset: oneArmEmpty(),
    options: { theme: 'light' },
    kinds: outcomes,
    further: ofArms,
  },
  {
    name: 'nobody-light',
    dataset: emptyTrial(),
    options: { theme: 'light' },
    further: ['cumulative', 'sites'],
    asOf: '2025-09-01',
  },
];

describe.each(cases)(
  '$name',
  ({ name, dataset, options, kinds = chartKinds, further = furtherKinds, asOf, phone }) => {
    test.each([...kinds, ...further])('%s', async (kind) => {
      const study = studyOf(dataset, asOf);
      const width = options.standalone ? 680 : cardWidths[phone ? 'phone' : 'wide'][kind];
      const chart = studyChart(
        kind,
        { ...study, rows: analyse(dataset, study.plan), further: runningOf(dataset) },
        { masked: false, width, ...options },
      )!;
      const size = options.standalone ? 'fixed' : 'fluid';
      comparePicture(`${kind}-${name}`, await renderSvg(chart.spec, size));
    });
  },
);
