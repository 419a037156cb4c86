import type { Dataset, DatasetArm } from '../../analysis/index.ts';
import type { Connection } from '../db/database.ts';
import type { Services } from '../services.ts';
import { armsWithSessions } from '../sessions/rules.ts';
import { sessionsAttended } from '../sessions/store.ts';
import { nominalDay } from '../studies/rules.ts';
import type { Study } from '../studies/study.ts';
import { type Person, readPeople } from './facts/people.ts';
import { armsOfStudy } from './facts/store.ts';

export interface Arms {
  /** In the order in which results show them. */
  shown: DatasetArm[];
  /** Which of them a participant is in, by the participant's identifier in the database. */
  of(participant: string): string;
  /** What is said of an event, where it isn’t its own detail. */
  detail?(): string;
}

/** One arm, so that no arm is read from the database at all. */
export const pooled: Arms = {
  shown: [{ id: 'pooled', label: 'All arms', reference: false }],
  of: () => 'pooled',
};

/** The arms by name, in the protocol's order. */
export function openArms({ document }: Study, arms: ReadonlyMap<string, string>): Arms {
  return {
    shown: document.arms.map((arm) => ({ id: arm.id, label: arm.short, reference: arm.reference })),
    of: (participant) => arms.get(participant)!,
  };
}

/** Why somebody was lost can tell what they were treated with, and is not told behind letters. */
export const REASON_HIDDEN = 'Reason not shown by group';

/** Arms behind letters, in the order of the letters; none is the reference. */
export function letteredArms(letters: ReadonlyMap<string, string>, arms: ReadonlyMap<string, string>): Arms {
  return {
    shown: [...letters.values()].sort().map((letter) => ({ id: letter, label: letter, reference: false })),
    of: (participant) => letters.get(arms.get(participant)!)!,
    detail: () => REASON_HIDDEN,
  };
}

/** The analysis dataset of the people who are randomised at the sites; null: at all of them. */
export function datasetFrom(
  { document }: Study,
  people: readonly Person[],
  arms: Arms,
  sites: ReadonlySet<string> | null,
): Dataset {
  const chosen = people.filter(
    ({ record, entry }) => entry !== null && (sites === null || sites.has(record.site)),
  );
  return {
    arms: arms.shown,
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
    participants: chosen.map(({ record, entry }) => ({ ...entry!, arm: arms.of(record.id) })),
    scores: chosen.flatMap(({ scores }) => scores),
    events: chosen.flatMap(({ events }) =>
      arms.detail ? events.map((event) => ({ ...event, detail: arms.detail!() })) : events,
    ),
  };
}

/**
 * The analysis dataset with arms: everyone randomised, and the scores derived from the current versions of the
 * complete forms. Totals are computed here, each time; none is stored.
 */
export async function datasetOf(
  services: Pick<Services, 'config'>,
  db: Connection,
  study: Study,
): Promise<Dataset> {
  const people = await readPeople(services, db, study, { codes: null, until: null });
  const arms = new Map((await armsOfStudy(db, study.id, 0)).map((row) => [row.participant_id, row.arm]));
  const dataset = datasetFrom(study, people, openArms(study, arms), null);
  const treated = new Set(armsWithSessions(study.document).map(({ id }) => id));
  if (treated.size === 0) return dataset;
  const attended = await sessionsAttended(db, study.id);
  const ids = new Map(people.map(({ record }) => [record.code, record.id]));
  return {
    ...dataset,
    participants: dataset.participants.map((one) =>
      treated.has(one.arm) ? { ...one, sessionsAttended: attended.get(ids.get(one.id)!) ?? 0 } : one,
    ),
  };
}
