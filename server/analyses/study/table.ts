import { stringify } from 'csv-stringify/sync';
import type { Dataset } from '../../../analysis/index.ts';
import type { Factors } from '../../../randomisation/index.ts';
import type { StudyDocument } from '../../studies/document.ts';
import { covariatesOf } from '../estimand.rules.ts';
import { eventsOf, FIXED, factorsOf, measureOf, type Replayable, scoreColumn } from './plan.ts';

/** What the log says of one participant's allocation. */
export interface Allocated {
  /** Place in the order of allocation, from 1. */
  order: number;
  /** Levels of the design's factors as they were when the participant was allocated. */
  factors: Factors;
}

export interface StudyTable {
  dataset: Dataset;
  /** By participant. */
  allocated: ReadonlyMap<string, Allocated>;
  /** By participant; those who are treated one by one have none. */
  groups: ReadonlyMap<string, string>;
  /** How everybody was allocated; null where that can't be played again. */
  replay: Replayable | null;
}

/**
 * Everyone randomised, in the order of allocation, as the CSV that a study's plan reads: one row each, with arm, site,
 * screening, therapy group, scores by visit and the first day of each event. An empty cell is missing.
 */
export function tableOf(document: StudyDocument, { dataset, allocated, groups, replay }: StudyTable): string {
  const scores = new Map(
    dataset.scores.map(({ participant, visit, measure, value }) => [
      JSON.stringify([participant, visit, measure]),
      value,
    ]),
  );
  const firstDays = new Map<string, string>();
  for (const { participant, event, on } of dataset.events) {
    const key = JSON.stringify([participant, event]);
    const known = firstDays.get(key);
    if (known === undefined || on < known) firstDays.set(key, on);
  }
  const screening = covariatesOf(document).filter(({ column }) => column.startsWith('screening.'));
  const columns: [string, (one: Dataset['participants'][number]) => unknown][] = [
    ['participant', ({ id }) => id],
    ['arm', ({ arm }) => arm],
    ['site', ({ site }) => site],
    ['allocation', ({ id }) => allocated.get(id)?.order],
    ...(replay ? factorsOf(replay) : []).map((factor): (typeof columns)[number] => [
      `allocation.${factor}`,
      ({ id }) => allocated.get(id)?.factors[factor],
    ]),
    ...(replay && replay.fixed.size > 0
      ? [
          [
            FIXED,
            ({ id }) => (replay.fixed.has(allocated.get(id)?.order ?? 0) ? 'yes' : ''),
          ] as (typeof columns)[number],
        ]
      : []),
    ['randomised_on', ({ randomisedOn }) => randomisedOn],
    ['started_treatment', ({ startedTreatment }) => (startedTreatment ? 'yes' : '')],
    ...screening.map(({ id, column }): (typeof columns)[number] => [column, ({ factors }) => factors[id]]),
    ...(covariatesOf(document).some(({ column }) => column === 'therapy_group')
      ? [['therapy_group', ({ id }) => groups.get(id)] as (typeof columns)[number]]
      : []),
  ];
  const seen = new Set<string>();
  for (const outcome of document.outcomes) {
    if (seen.has(measureOf(outcome))) continue;
    seen.add(measureOf(outcome));
    const measure = `${outcome.instrument}.${outcome.score}`;
    for (const visit of document.visits)
      if (visit.instruments.includes(outcome.instrument))
        columns.push([
          scoreColumn(visit.id, outcome),
          ({ id }) => scores.get(JSON.stringify([id, visit.id, measure])),
        ]);
  }
  for (const event of eventsOf(document))
    columns.push([`event.${event.id}`, ({ id }) => firstDays.get(JSON.stringify([id, event.id]))]);
  const people = dataset.participants.toSorted(
    (a, b) => (allocated.get(a.id)?.order ?? Infinity) - (allocated.get(b.id)?.order ?? Infinity),
  );
  return stringify([
    columns.map(([name]) => name),
    ...people.map((person) =>
      columns.map(([, cell]) => {
        const value = cell(person);
        return value === undefined || value === null ? '' : String(value);
      }),
    ),
  ]);
}
