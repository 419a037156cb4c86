import type { FurtherCharts } from '../../analysis/charts/index.ts';
import type { Dataset } from '../../analysis/dataset.ts';
import { stream } from './trial.ts';

const SITES = [
  { id: 'lohja', label: 'Lohja' },
  { id: 'vihti', label: 'Vihti' },
];

/** How the trial of a dataset runs, and what was known before randomisation: all that further charts are made of. */
export function runningOf(dataset: Dataset): FurtherCharts {
  const next = stream(11);
  const { participants } = dataset;
  const at = (site: string) => participants.filter((one) => one.site === site);
  const shares = participants.length === 0 ? [0, 0] : [31, 12];
  return {
    covariates: [
      { kind: 'number', factor: 'age', label: 'Age' },
      {
        kind: 'choice',
        factor: 'sex',
        label: 'Sex',
        levels: [
          { value: 'female', label: 'Female' },
          { value: 'male', label: 'Male' },
        ],
      },
      {
        kind: 'choice',
        factor: 'site',
        label: 'Site',
        levels: SITES.map(({ id, label }) => ({ value: id, label })),
      },
      { kind: 'score', measure: 'hamd17.total', label: 'HAM-D17 at baseline' },
    ],
    subgroups: [
      { factor: 'site', label: 'Site', levels: SITES.map(({ id, label }) => ({ value: id, label })) },
      {
        factor: 'sex',
        label: 'Sex',
        levels: [
          { value: 'female', label: 'Female' },
          { value: 'male', label: 'Male' },
        ],
      },
      {
        factor: 'age',
        label: 'Age',
        cuts: [40],
        levels: [
          { value: 'under-40', label: 'Under 40 years' },
          { value: '40-and-over', label: '40 years and over' },
        ],
      },
    ],
    measures: { 'hamd17.total': 'HAM-D17' },
    items: {
      items: [
        'Depressed mood',
        'Feelings of guilt',
        'Insomnia, early',
        'Somatic symptoms, gastro-intestinal',
      ].map((label, index) => ({ id: `${index + 1}`, label })),
      answers: ['0', '1', '2', '3', '4'],
      split: 2,
      counts: Object.fromEntries(
        dataset.arms.map(({ id }) => {
          const seen = participants.filter(({ arm }) => arm === id).length;
          return [
            id,
            Object.fromEntries(['1', '2', '3', '4'].map((item, index) => [item, spreadOver(seen, index)])),
          ];
        }),
      ),
      label: 'HAM-D17',
      visit: '12 months',
    },
    imputed: {
      state: 'done',
      imputations: 50,
      rates: dataset.arms.flatMap(({ id }, index) =>
        dataset.visits
          .filter(({ baseline }) => !baseline)
          .map(({ id: visit }, at) => ({
            visit,
            arm: id,
            n: participants.filter(({ arm }) => arm === id).length,
            estimate: 0.42 + 0.05 * index + 0.12 * at,
            lower: 0.27 + 0.05 * index + 0.12 * at,
            upper: 0.57 + 0.05 * index + 0.12 * at,
            reason: null,
          })),
      ),
    },
    tipping: {
      first: dataset.arms[0]!.label,
      second: dataset.arms.at(-1)!.label,
      label: 'HAM-D17 at 12 months',
      level: 0.95,
      how: 'ANCOVA, 50 imputations',
      worse: 'higher',
      cells: [-9, -6, -3, 0, 3, 6, 9].flatMap((second) =>
        [0, 3, 6, 9, 12, 15, 18, 21].map((first) => {
          // A fifth of one arm is imputed and a quarter of the other.
          const estimate = -3.4 + 0.2 * first - 0.25 * second;
          return { first, second, estimate, lower: estimate - 2.4, upper: estimate + 2.4 };
        }),
      ),
    },
    sites: {
      outcome: 'HAM-D17 at 12 months',
      counts: SITES.map(({ id, label }, index) => ({
        id,
        label,
        randomised: at(id).length,
        target: [90, 44][index]!,
        months: 15.2,
        complete: {
          count: shares[index]! * 2,
          of: shares[index]! * 2 + [9, 7][index]! * Math.sign(shares[index]!),
        },
        openQueries: [6, 2][index]!,
      })),
    },
    timeliness: {
      sites: SITES,
      visits: [
        { id: 'm3', label: '3 months', before: 14, after: 14 },
        { id: 'm12', label: '12 months', before: 28, after: 28 },
      ],
      seen: participants.flatMap(({ site }) =>
        [
          { visit: 'm3', half: 14 },
          { visit: 'm12', half: 28 },
        ].flatMap(({ visit, half }) => {
          const days = Math.round((next() + next() + next() - 1.4) * 1.15 * half);
          return next() < 0.72 ? [{ visit, site, days, inside: Math.abs(days) <= half }] : [];
        }),
      ),
    },
    queries: {
      sites: SITES,
      bands: [0, 7, 14, 28],
      queries: participants
        .filter((_, index) => index % 9 === 0)
        .map(({ site }) => ({ site, days: Math.floor(next() * next() * 60) })),
    },
  };
}

/** So many answers over five codes, the item's place deciding how mild they are. */
function spreadOver(count: number, place: number): number[] {
  const shares = [0.45 - 0.05 * place, 0.25, 0.12 + 0.05 * place, 0.06].map((share) =>
    Math.floor(share * count),
  );
  return [...shares, count - shares.reduce((sum, one) => sum + one, 0)];
}
