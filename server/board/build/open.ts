import { baselineTable } from '../../../analysis/baseline-table.ts';
import { completeness, type Dataset, flow, recruitment } from '../../../analysis/index.ts';
import type { Connection } from '../../db/database.ts';
import { listDeviations } from '../../deviations/read.ts';
import { deviationCategories } from '../../deviations/rules.ts';
import { reportReader } from '../../reports/reader.ts';
import { covariatesOf } from '../../results/baseline.ts';
import { datasetFrom } from '../../results/dataset.ts';
import { primaryOf } from '../../results/primary.ts';
import type { Reader } from '../../results/reader.ts';
import { visitTimesOf } from '../../results/running.ts';
import { screeningOf } from '../../results/screening.ts';
import type { Caller, Services } from '../../services.ts';
import type { StudyDocument } from '../../studies/document.ts';
import { today } from '../../visits/today.ts';
import type { OpenPart } from '../document.ts';
import type { Placed } from './counts.ts';
import { type Harm, safetyRows } from './safety.ts';
import { withdrawalRows } from './withdrawals.ts';

export interface Shared {
  harms: readonly Harm[];
  stopped: Parameters<typeof withdrawalRows>[0];
}

/** The open part: how the trial runs, pooled over the arms. No arm is read for it. */
export async function openPart(
  services: Services,
  db: Connection,
  caller: Caller,
  { harms, stopped }: Shared,
): Promise<OpenPart> {
  const { study } = caller;
  const { document } = study;
  const asOf = today(services);
  // What is kept is whole, whoever prepares it.
  const reader = await reportReader(services, db, { study, roles: [] }, 'pooled');
  const dataset = datasetFrom(study, reader.people, reader.arms, null);
  const [arm] = dataset.arms;
  const placed: Placed = {
    arms: [arm!.id],
    armOf: new Map(dataset.participants.map(({ id }) => [id, arm!.id])),
  };
  const { kept, missing, population, measure, visit } = primaryOf(study);
  const { target, from, to } = document.recruitment;
  return {
    recruitment: recruitment(
      dataset.participants.map(({ randomisedOn }) => randomisedOn),
      { target, from, to, asOf },
    ),
    sites: document.sites.map(({ id, name, target: wanted }) => ({
      label: name,
      target: wanted ?? null,
      randomised: dataset.participants.filter(({ site }) => site === id).length,
    })),
    flow: flow(dataset, await screeningOf(reader, null), {
      population,
      missing: kept ?? missing,
      measure,
      visit,
      asOf,
    }),
    completeness: completenessOf(caller, dataset, asOf),
    timeliness: await timelinessOf(reader),
    baseline: baselineTable(dataset, covariatesOf(study)),
    safety: safetyRows(harms, placed),
    deviations: await deviationsOf(services, caller, document),
    withdrawals: withdrawalRows(stopped, placed),
    lossReasons: lossReasonsOf(document, dataset),
  };
}

function completenessOf({ study }: Caller, dataset: Dataset, asOf: string): OpenPart['completeness'] {
  const measures = new Map(
    study.document.outcomes.map((outcome) => [
      `${outcome.instrument}.${outcome.score}`,
      study.instruments.get(outcome.instrument)!.short,
    ]),
  );
  return completeness(dataset, {
    measures: [...measures].map(([measure, label]) => ({
      measure,
      label,
      visits: study.document.visits
        .filter(({ instruments }) => instruments.includes(measure.split('.')[0]!))
        .map(({ id }) => id),
    })),
    asOf,
  }).map(({ label, count, of }) => ({ label, count, of }));
}

async function timelinessOf(reader: Reader): Promise<OpenPart['timeliness']> {
  const { visits, seen } = await visitTimesOf(reader, undefined);
  return visits.map(({ id, label }) => {
    const own = seen.filter(({ visit }) => visit === id);
    const days = own.map((one) => one.days).sort((a, b) => a - b);
    const middle = days.length / 2;
    const median = days.length === 0 ? null : (days[Math.ceil(middle) - 1]! + days[Math.floor(middle)]!) / 2;
    return { label, inside: own.filter(({ inside }) => inside).length, of: own.length, median };
  });
}

const derivedWords = {
  'out-of-window': 'Assessed outside the window',
  ineligible: 'Randomised, and not eligible',
  'consent-expired': 'Consent form out of date',
  'recorded-event': 'Recorded as an event',
} as const;

/** As people recorded them, by category, and as they follow from the data. */
async function deviationsOf(
  services: Services,
  caller: Caller,
  document: StudyDocument,
): Promise<OpenPart['deviations']> {
  const { recorded, derived } = await listDeviations(services, caller, {});
  const standing = recorded.filter(({ struck }) => !struck).map(({ content }) => content);
  const split = (label: string, own: readonly { severity: 'minor' | 'major' }[]) => ({
    label,
    minor: own.filter(({ severity }) => severity === 'minor').length,
    major: own.filter(({ severity }) => severity === 'major').length,
  });
  return [
    ...deviationCategories(document).map(({ id, label }) =>
      split(
        label,
        standing.filter(({ category }) => category === id),
      ),
    ),
    ...Object.entries(derivedWords).map(([kind, label]) =>
      split(
        `From the data: ${label.toLowerCase()}`,
        derived.filter((one) => one.kind === kind),
      ),
    ),
  ];
}

/** Why people left, by the protocol's reasons: one for each person, the first on record. */
function lossReasonsOf({ lossReasons }: StudyDocument, { events }: Dataset): OpenPart['lossReasons'] {
  const first = new Map<string, Dataset['events'][number]>();
  for (const event of events.toSorted((a, b) => (a.on < b.on ? -1 : 1)))
    if (event.kind === 'withdrawal' && !first.has(event.participant)) first.set(event.participant, event);
  const known = new Set(lossReasons.map(({ label }) => label));
  const counts = lossReasons.map(({ label }) => ({
    label,
    count: [...first.values()].filter(({ detail }) => detail === label).length,
  }));
  const others = [...first.values()].filter(({ detail }) => !known.has(detail)).length;
  return others > 0 ? [...counts, { label: 'Another reason, or none on record', count: others }] : counts;
}
