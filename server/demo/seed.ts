import { join } from 'node:path';
import { nestedDatabase } from '../db/nested.ts';
import { insertTally } from '../participants/tally/store.ts';
import { dataFolder } from '../paths.ts';
import type { Services } from '../services.ts';
import { addStudyIn } from '../studies/add.ts';
import { type StudyDocument, studyDocument } from '../studies/document.ts';
import { loadStudy } from '../studies/load.ts';
import { currentStudy } from '../studies/store.ts';
import { addDays } from '../visits/days.rules.ts';
import { dayOf } from '../visits/today.ts';
import { amendment } from './amendment.ts';
import { analyses } from './analyses.ts';
import { boardSnapshot } from './board.ts';
import { type Calibration, readCalibration } from './calibration.ts';
import { Chance } from './chance.ts';
import { courses } from './course.ts';
import { allocateAt, enrol, type Person } from './enrolment.ts';
import { followUp } from './followUp.ts';
import { invitations } from './invitations.ts';
import { openVisits, queries, screenedOnly } from './open.ts';
import { oversight } from './oversight.ts';
import { giveRoles, makeCast } from './people.ts';
import { records } from './records.ts';
import { reviews } from './reviews.ts';
import { Script } from './script.ts';
import { secondEntries } from './secondEntries.ts';
import { armsUnder, demoSecret } from './secret.ts';
import { therapy, unblinding } from './therapy.ts';
import { type Recruit, recruits } from './timeline.ts';
import { attend } from './visits.ts';

/**
 * Fills an empty database with the demonstration: every step goes through the use cases that people's own steps go
 * through, under a clock that shows the day it is about, all in one transaction.
 */
export async function seedDemonstration(
  services: Services,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Calibration> {
  const calibration = await readCalibration();
  const now = services.now();
  const today = dayOf(services, now);
  const chance = new Chance(calibration.seed);
  const people = recruits(calibration, today, chance);
  const loaded = await loadStudy(join(dataFolder, 'studies', `${calibration.study}.yaml`), [
    join(dataFolder, 'instruments'),
  ]);
  const document = studyDocument.parse({
    ...shifted(loaded.document, people, today),
    doubleEntry: calibration.doubleEntry,
  });
  const secret = demoSecret(calibration.secret);
  const arms = armsUnder(document, people, secret);
  const course = courses(calibration, people, arms, chance);
  const begun = `${addDays(people[0]!.screenedOn, -30)}T08:00:00.000Z`;
  const cast = await makeCast({ ...services, now: () => new Date(begun) }, calibration);
  await services.db.write(async (tx) => {
    const inside: Services = { ...services, db: nestedDatabase(services.db, tx) };
    const first: Services = { ...inside, now: () => new Date(begun) };
    await addStudyIn(tx, first, {
      document,
      instruments: loaded.instruments,
      synthetic: { note: calibration.note },
      secret,
    });
    await giveRoles(tx, cast, document.id, begun);
    for (const [reason, count] of Object.entries(calibration.exclusions))
      await insertTally(tx, {
        study_id: document.id,
        site: document.sites[0]!.id,
        reason,
        count,
        note: calibration.note,
      });
    const study = (await currentStudy(tx, document.id))!;
    const script = new Script();
    const cohort: Person[] = people.map((person) => ({ ...person, code: '' }));
    cohort.forEach((person, index) => {
      const baseline = document.visits.find((visit) => visit.baseline)!;
      enrol(script, person, document, chance);
      const own = course[index]!;
      const condition = {
        total: own.baseline,
        baselineTotal: own.baseline,
        baseline: true,
        seenOn: person.randomisedOn,
        age: person.age,
        span: 0,
      };
      attend(script, study, { person, visit: baseline, condition }, chance);
      // A second apart, so that the order of allocation is the order of the calibration.
      allocateAt(
        script,
        person,
        `${person.randomisedOn}T13:${String(Math.floor(index / 60) % 60).padStart(2, '0')}:${String(index % 60).padStart(2, '0')}.000Z`,
      );
      followUp(script, study, person, own, today, chance);
    });
    const pending = cohort.filter((person) => person.pending);
    openVisits(
      script,
      study,
      pending,
      course.filter((_, index) => people[index]!.pending),
      now,
      chance,
    );
    screenedOnly(script, study, calibration, calibration.screened.registered - people.length, today, chance);
    queries(script, study, cohort, pending, today, chance);
    therapy(script, study, cohort, arms);
    unblinding(script, cohort);
    secondEntries(script, study, today);
    reviews(script, today);
    invitations(script, calibration, today);
    amendment(script, document, today);
    records(script, cohort, pending, now);
    oversight(script, study, addDays(today, -1));
    boardSnapshot(script, addDays(today, -1));
    analyses(script, document, addDays(today, -1));
    await script.play(inside, study, cast, onProgress);
  });
  return calibration;
}

/** The document with its dates moved so that recruitment ended about a year ago. */
export function shifted(document: StudyDocument, people: readonly Recruit[], today: string): StudyDocument {
  const from = addDays(people[0]!.screenedOn, -10);
  const last = people.at(-1)!.randomisedOn;
  const approvals = [-60, 110, 220];
  return {
    ...document,
    recruitment: { ...document.recruitment, from, to: last < today ? last : today },
    consent: {
      versions: document.consent.versions.map((version, index) => ({
        ...version,
        approved: addDays(from, approvals[index] ?? 220),
      })),
    },
  };
}
