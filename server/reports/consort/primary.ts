import { responseChart, riskDifferenceChart } from '../../../analysis/charts/index.ts';
import { signed } from '../../../analysis/charts/numbers.ts';
import type { PlanResults } from '../../../analysis/index.ts';
import { resultLines } from '../../../analysis/report/results-table.ts';
import { resultsOf, runsOf } from '../../analyses/runs/store.ts';
import { isSmall } from '../../results/disclosure.ts';
import type { Material } from '../../results/material.ts';
import type { Reader } from '../../results/reader.ts';
import type { Caller, Services } from '../../services.ts';
import { instantText, rangeText, shareText } from '../numbers.ts';
import { numeric, type ReportSection, words } from '../section.ts';

/** What the report's other figures are of, and the state of the data now. */
interface Held extends Pick<Reader, 'smallest' | 'until'> {
  changedAt: string;
}

/**
 * The primary result (item 26): from the newest run of the plan on record, with its number and hash; and what was
 * observed, as the results page shows it. A blinded caller gets the latter alone, pooled.
 */
export async function primarySection(
  services: Services,
  caller: Caller,
  material: Material,
  held: Held,
): Promise<ReportSection[]> {
  const observed = observedSection(material);
  const perPlan = caller.blinded ? [] : [await planSection(services, caller, held)];
  return [...perPlan, ...(observed ? [observed] : [])];
}

async function planSection(
  services: Services,
  { study }: Caller,
  { smallest, until, changedAt }: Held,
): Promise<ReportSection> {
  const base = { id: 'primary', title: 'Primary result per plan (item 26)', charts: [] };
  const db = services.db.read;
  const primary = new Set(
    study.document.estimands.filter(({ role }) => role === 'primary').map(({ id }) => id),
  );
  const run = (await runsOf(db, study.id)).find(
    ({ status, per_plan: perPlan, estimand }) =>
      status === 'done' && perPlan === 1 && (estimand === null || primary.has(estimand)),
  );
  const text = run && (await resultsOf(db, run.id));
  if (!run || !text)
    return {
      ...base,
      text: ['No run of the plan is on record yet. A statistician starts one in the workbench.'],
      tables: [],
    };
  // The report's other figures are of the start of the week: less them, a run of other data would be single people.
  if (until !== null && (run.cut_off > until || run.cut_off !== changedAt))
    return {
      ...base,
      text: [
        'Hidden: counts of other data than these could be subtracted from them. A run is shown once the data have not changed from it to a Monday, as after they are locked.',
      ],
      tables: [],
    };
  const results = JSON.parse(text) as PlanResults;
  if (smallest !== null && countsFew(results, smallest))
    return {
      ...base,
      text: [`Hidden: the newest run counts fewer than ${smallest} somewhere, or leaves so few out.`],
      tables: [],
    };
  const analyses = results.analyses.filter(({ role, perPlan }) => perPlan && role === 'primary');
  return {
    ...base,
    text: [
      `Run ${run.number} of ${instantText(run.started_at)}: ${run.participants} participants, data cut-off ${instantText(run.cut_off)}, results SHA-256 ${run.results_sha256 ?? 'not kept'}.`,
      ...analyses.map(({ label, estimand, method }) =>
        [`${label}.`, `${estimand.variable}.`, `${estimand.population}.`, method].join(' '),
      ),
    ],
    tables: analyses.map(({ id, label }) => {
      const { columns, rows } = resultLines(results, id);
      return {
        caption: label,
        columns,
        rows: rows.flatMap(({ cells, why }) => (why === null ? [cells] : [cells, [why]])),
      };
    }),
  };
}

/** Whether a run’s arms, or those that one of its rows counts or leaves out, are too few to be shown. */
function countsFew({ arms, rows }: PlanResults, smallest: number): boolean {
  const all = new Map(arms.map(({ id, participants }) => [id, participants]));
  const of = (arm: string | null, counted: number | null) =>
    counted === null ? [] : [counted, (all.get(arm ?? '') ?? counted) - counted];
  const counts = rows.flatMap(({ arm, versus, n, nVersus, numerator, denominator }) => [
    ...of(arm, n),
    ...of(versus, nVersus),
    ...of(arm, denominator),
    ...(numerator === null || denominator === null ? [] : [numerator, denominator - numerator]),
  ]);
  return [...all.values(), ...counts].some((count) => isSmall(count, smallest));
}

/** Counts and intervals of the primary binary outcome, and differences where arms are open to the reader. */
function observedSection({
  plan,
  outcome: chosen,
  rows,
  dataset,
  missing,
  masked,
  primary,
}: Material): ReportSection | null {
  const outcome = plan.outcomes.find(({ id }) => id === chosen);
  if (!outcome || outcome.kind === 'change') return null;
  const { arms, visits } = dataset;
  const results = { outcome, rows, arms, visits, missing, level: plan.level };
  const own = rows.filter((row) => row.outcome === outcome.id && row.missing === missing);
  const arm = (id: string | null) => arms.find((one) => one.id === id)?.label ?? '';
  const visit = (id: string) => visits.find((one) => one.id === id)?.label ?? id;
  const differences = own.filter(({ measure }) => measure === 'risk-difference');
  const percent = (value: number | null) => (value === null ? '–' : signed(100 * value, 1));
  return {
    id: 'observed',
    title: `${outcome.label}, ${masked ? 'pooled' : 'by arm'} (item 26)`,
    text: [
      'Counts with Wilson’s intervals, and differences with Newcombe’s, under the primary analysis’s rule for missing scores.',
    ],
    charts: [
      (options) => responseChart(results, options),
      ...(differences.length > 0
        ? [
            (options: Parameters<typeof responseChart>[1]) =>
              riskDifferenceChart({ ...results, primary }, options),
          ]
        : []),
    ],
    tables: [
      {
        caption: masked ? 'Responders' : 'Responders by arm',
        columns: [words('Visit'), words('Arm'), numeric('Responders'), numeric('95% CI')],
        rows: own
          .filter(({ measure }) => measure === 'proportion')
          .map((row) => [
            visit(row.visit),
            arm(row.arm),
            row.numerator === null ? (row.hidden ?? '–') : shareText(row.numerator, row.denominator ?? 0),
            rangeText(row.lower, row.upper),
          ]),
      },
      ...(differences.length > 0
        ? [
            {
              caption: 'Risk differences, percentage points',
              columns: [words('Visit'), words('Comparison'), numeric('Difference'), numeric('95% CI')],
              rows: differences.map((row) => [
                visit(row.visit),
                `${arm(row.arm)} − ${arm(row.versus)}`,
                row.hidden ?? percent(row.estimate),
                row.lower === null ? '' : `${percent(row.lower)} to ${percent(row.upper)}`,
              ]),
            },
          ]
        : []),
    ],
  };
}
