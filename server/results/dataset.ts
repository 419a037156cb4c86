import type { Dataset, DatasetArm, DatasetParticipant } from '../../analysis/index.ts';
import type { Connection } from '../db/database.ts';
import type { ItemValues } from '../forms/contract.ts';
import { formsForScores } from '../forms/store.ts';
import { scoresOf } from '../forms/view.ts';
import { allParticipants, eventsOfStudy, type ParticipantRecord } from '../participants/store.ts';
import { allocationsOfStudy, placementsOfStudy } from '../randomisation/store.ts';
import type { Services } from '../services.ts';
import { armsWithSessions } from '../sessions/rules.ts';
import { sessionsAttended } from '../sessions/store.ts';
import { studyAt } from '../studies/at.ts';
import { nominalDay } from '../studies/rules.ts';
import type { Study } from '../studies/study.ts';
import { windowOf } from '../visits/rules.ts';
import { dayOf } from '../visits/today.ts';

export interface DatasetScope {
  /** Only these sites; null: all. */
  sites: ReadonlySet<string> | null;
  /** For a blinded caller: one arm, `pooled`, and no arm is read from the database at all. */
  pooled: boolean;
}

const pooledArm: DatasetArm = { id: 'pooled', label: 'All arms', reference: false };

/**
 * The analysis dataset: everyone randomised at the sites, and the scores derived from the current versions of the
 * complete forms. Totals are computed here, each time; none is stored.
 */
export async function datasetOf(
  services: Services,
  db: Connection,
  study: Study,
  scope: DatasetScope,
): Promise<Dataset> {
  const { document } = study;
  const placed = scope.pooled
    ? await placementsOfStudy(db, study.id)
    : await allocationsOfStudy(db, study.id);
  const allocations = new Map(placed.map((one) => [one.participant_id, one]));
  const records = (await allParticipants(db, study.id, scope.sites)).filter((one) => allocations.has(one.id));
  const codes = new Map(records.map((one) => [one.id, one.code]));
  const events = (await eventsOfStudy(db, study.id)).filter((event) => codes.has(event.participant_id));
  const startKnown = document.events.some((event) => event.kind === 'treatment-start');
  const started = new Set(
    events.filter((event) => event.kind === 'treatment-start').map((event) => event.participant_id),
  );
  const treated = new Set(armsWithSessions(document).map(({ id }) => id));
  const sessions = scope.pooled || treated.size === 0 ? null : await sessionsAttended(db, study.id);
  const definitions = new Map(document.sites.map(({ id }) => [id, studyAt(study, id).document.visits]));
  const closesOf = ({ site, screened_on: screenedOn }: ParticipantRecord, randomisedOn: string) =>
    Object.fromEntries(
      (definitions.get(site) ?? document.visits).map((visit) => [
        visit.id,
        windowOf(visit, { screenedOn, randomisedOn })!.closes,
      ]),
    );
  const participants = records.map((record): DatasetParticipant => {
    const allocation = allocations.get(record.id)!;
    const randomisedOn = dayOf(services, new Date(allocation.allocated_at));
    return {
      id: record.code,
      arm: 'arm' in allocation ? String(allocation.arm) : pooledArm.id,
      site: record.site,
      randomisedOn,
      factors: { site: record.site, ...JSON.parse(record.screening) },
      startedTreatment: !startKnown || started.has(record.id),
      ...(sessions && 'arm' in allocation && treated.has(String(allocation.arm))
        ? { sessionsAttended: sessions.get(record.id) ?? 0 }
        : {}),
      closes: closesOf(record, randomisedOn),
    };
  });
  return {
    arms: scope.pooled
      ? [pooledArm]
      : document.arms.map((arm) => ({ id: arm.id, label: arm.short, reference: arm.reference })),
    visits: document.visits.map((visit) => {
      const day = visit.baseline ? 0 : nominalDay(visit.target);
      return {
        id: visit.id,
        label: visit.label,
        day,
        baseline: visit.baseline,
        closes: day + visit.window.after,
      };
    }),
    participants,
    scores: await scoresOfStudy(db, study, codes),
    events: events.map((event) => ({
      participant: codes.get(event.participant_id)!,
      event: event.event,
      kind: event.kind as Dataset['events'][number]['kind'],
      on: event.on_day,
      ...(event.until_day === null ? {} : { until: event.until_day }),
      detail: reasonOf(study, event.loss_reason) ?? event.detail,
    })),
  };
}

function reasonOf(study: Study, id: string | null): string | null {
  return study.document.lossReasons.find((reason) => reason.id === id)?.label ?? null;
}

/** Scores of the instruments that outcomes are made of. */
async function scoresOfStudy(
  db: Connection,
  study: Study,
  codes: ReadonlyMap<string, string>,
): Promise<Dataset['scores']> {
  const instruments = [...new Set(study.document.outcomes.map((outcome) => outcome.instrument))];
  const scores: Dataset['scores'] = [];
  // What an unscheduled visit, or one that an amendment dropped, found is exported but isn't a planned visit's score.
  const planned = new Set(study.document.visits.map((visit) => visit.id));
  for (const form of await formsForScores(db, study.id, instruments)) {
    const participant = codes.get(form.participant_id);
    if (participant === undefined || !planned.has(form.visit)) continue;
    const instrument = study.instruments.get(form.instrument)!;
    for (const score of scoresOf(study, instrument, JSON.parse(form.answers) as ItemValues))
      if (score.value !== null)
        scores.push({
          participant,
          visit: form.visit,
          measure: `${form.instrument}.${score.score}`,
          value: score.value,
          prorated: score.prorated,
        });
  }
  return scores;
}
