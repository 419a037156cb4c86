import { describe, expect, test } from 'vitest';
import {
  type Chart,
  type ChartOptions,
  itemsChart,
  sitesChart,
  survivalChart,
  tippingChart,
} from '../../analysis/charts/index.ts';
import { summariseSites } from '../../analysis/site-summary.ts';
import { renderSvg } from '../../server/charts/render.ts';
import { chartTable } from '../../server/results/contract.ts';
import { trial } from '../reference/trial.ts';
import { comparePicture } from './picture.ts';
import { stream } from './trial.ts';

const ARMS = ['CBT', 'APP', 'TAU'].map((id) => ({ id, label: id, reference: id === 'TAU' }));
const followed = Object.fromEntries(
  ARMS.map(({ id }) => [
    id,
    trial.filter(({ arm }) => arm === id).map(({ time, event }) => ({ time, event: event === 1 })),
  ]),
);
const survival = {
  arms: ARMS,
  followed,
  label: 'Time to first response',
  event: 'responded',
  unit: 'weeks',
  level: 0.95,
  rising: true,
};

const tipping = {
  first: 'CBT',
  second: 'TAU',
  label: 'score at 12 months',
  level: 0.95,
  cells: [-6, -3, 0, 3, 6].flatMap((second) =>
    [0, 4, 8, 12, 16, 20].map((first) => {
      // Five of 45 are imputed in one arm and eight of 45 in the other.
      const estimate = -3.4 + (first * 5) / 45 - (second * 8) / 45;
      return { first, second, estimate, lower: estimate - 2.4, upper: estimate + 2.4 };
    }),
  ),
};

const next = stream(3);
const ITEMS = ['Low mood', 'Loss of interest', 'Sleep problems', 'Low energy', 'Appetite'];
const items = {
  arms: ARMS,
  items: ITEMS.map((label, index) => ({ id: `i${index}`, label })),
  answers: ['Not at all', 'Several days', 'More than half the days', 'Nearly every day'],
  split: 2,
  counts: Object.fromEntries(
    ARMS.map(({ id }, arm) => [
      id,
      Object.fromEntries(
        ITEMS.map((_, index) => [
          `i${index}`,
          [14 - 3 * arm, 12, 6 + arm, 3 + arm].map((count) => count + Math.floor(next() * 6)),
        ]),
      ),
    ]),
  ),
  label: 'PHQ-9',
  visit: '12 months',
};

const sites = {
  outcome: 'PHQ-9 at 12 months',
  sites: summariseSites(
    [
      ['Lohja', 37, 34, 14, 26, 40, 2],
      ['Vihti', 30, 40, 14, 28, 29, 6],
      ['Karkkila', 26, 24, 13, 22, 25, 9],
      ['Nummi-Pusula', 24, 22, 12.5, 20, 23, 3],
      ['Siuntio', 10, 16, 7, 6, 9, 5],
      ['Inkoo', 7, 14, 9, 0, 0, 1],
    ].map(([label, randomised, target, months, count, of, openQueries]) => ({
      id: String(label),
      label: String(label),
      randomised: Number(randomised),
      target: Number(target),
      months: Number(months),
      complete: { count: Number(count), of: Number(of) },
      openQueries: Number(openQueries),
    })),
  ),
};

const charts: Record<string, (options: ChartOptions) => Chart> = {
  sites: (options) => sitesChart(sites, options),
  survival: (options) => survivalChart(survival, options),
  tipping: (options) => tippingChart(tipping, options),
  items: (options) => itemsChart(items, options),
};

describe.each(Object.keys(charts))('%s', (name) => {
  const draw = charts[name]!;
  test.each([
    ['light', { theme: 'light', masked: false, width: 560 }],
    ['dark', { theme: 'dark', masked: false, width: 560 }],
    ['phone', { theme: 'light', masked: false, width: 340 }],
    ['print', { theme: 'print', masked: false, width: 640, standalone: true, note: 'Synthetic data.' }],
  ] as [string, ChartOptions][])('%s', async (look, options) => {
    comparePicture(
      `${name}-${look}`,
      await renderSvg(draw(options).spec, options.standalone ? 'fixed' : 'fluid'),
    );
  });

  test('has whole sentences, a table, and no number that isn’t one', () => {
    const chart = draw({ theme: 'light', masked: false, width: 560 });
    expect(chart.description).toMatch(/\.$/);
    expect(chartTable.parse(chart.table)).toEqual(chart.table);
    expect(JSON.stringify(chart)).not.toMatch(/NaN|Infinity|undefined|"url"/);
  });
});

test('behind letters a curve takes neither colour nor name of its arm', () => {
  const arms = ['A', 'B', 'C'].map((id) => ({ id, label: `Group ${id}`, reference: false }));
  const letters = Object.fromEntries(arms.map(({ id }, index) => [id, followed[ARMS[index]!.id]!]));
  const chart = survivalChart(
    { ...survival, arms, followed: letters },
    { theme: 'light', masked: true, width: 560 },
  );
  expect(JSON.stringify(chart)).not.toMatch(/#10458A|#BF4D06|#70757E|CBT|APP|TAU/);
});

test('a curve’s table is the estimate of R’s survfit, and its counts add up to everybody', () => {
  const { table, description } = survivalChart(survival, { theme: 'light', masked: false, width: 560 });
  const last = table.rows.filter(({ arm }) => arm === 'CBT').at(-1)!;
  // 1 - summary(survfit(Surv(time, event) ~ 1, subset = arm == "CBT"))$surv at the last time, R 4.2.2
  expect(last.percent).toBeCloseTo(52.40761, 1);
  for (const { id } of ARMS) {
    const rows = table.rows.filter(({ arm }) => arm === id);
    const sum = rows.reduce((total, row) => total + Number(row.events) + Number(row.censored), 0);
    expect(sum).toBe(followed[id]!.length);
  }
  expect(description).toContain('CBT: ');
});

test('nothing followed, imputed or answered is said so', () => {
  const options: ChartOptions = { theme: 'light', masked: false, width: 560 };
  expect(survivalChart({ ...survival, followed: {} }, options).description).toContain(
    'CBT: nobody followed.',
  );
  expect(JSON.stringify(tippingChart({ ...tipping, cells: [] }, options).spec)).toContain(
    'Nothing is imputed.',
  );
  expect(JSON.stringify(itemsChart({ ...items, counts: {} }, options).spec)).toContain('No answers yet.');
});

test('the tipping point’s words and table say where zero comes in', () => {
  const { table, description } = tippingChart(tipping, { theme: 'light', masked: false, width: 560 });
  const included = table.rows.filter(({ zero }) => zero === 'included');
  expect(description).toContain(`excludes zero at ${30 - included.length} of 30 penalties`);
  // −3.4 + 20·5/45 + 6·8/45 = −0.11 with limits −2.51 and 2.29
  expect(table.rows.find(({ first, second }) => first === 20 && second === -6)).toMatchObject({
    difference: -0.11,
    lower: -2.51,
    upper: 2.29,
    zero: 'included',
  });
});
