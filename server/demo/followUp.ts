import { recordEvent } from '../participants/event.ts';
import { visitWindow } from '../studies/rules.ts';
import type { Study } from '../studies/study.ts';
import { addDays, daysBetween } from '../visits/days.rules.ts';
import type { Chance } from './chance.ts';
import type { Course } from './course.ts';
import { clock, type Person } from './enrolment.ts';
import type { Script } from './script.ts';
import { attend } from './visits.ts';

/** Everything of one participant after randomisation. */
export function followUp(
  script: Script,
  study: Study,
  person: Person,
  course: Course,
  today: string,
  chance: Chance,
): void {
  const start = addDays(person.randomisedOn, chance.integer(5, 18));
  const record = (day: string, event: string, detail = '', lossReason?: string) =>
    script.at(clock(day, chance), async (services, as) => {
      await recordEvent(services, as('coordinator'), person.code, {
        key: crypto.randomUUID(),
        event,
        on: day,
        detail,
        lossReason,
      });
    });
  if (course.started) record(start, 'treatment-start');
  if (course.started && chance.happens(0.1))
    record(addDays(start, chance.integer(20, 50)), 'therapy-stopped');
  if (chance.happens(0.08)) record(addDays(start, chance.integer(10, 200)), 'antidepressant-started');
  let before = person.randomisedOn;
  for (const id of ['m3', 'm12'] as const) {
    const total = course[id];
    if (total === null) continue;
    const visit = study.document.visits.find((one) => one.id === id)!;
    const window = visitWindow(visit, person.randomisedOn);
    const late = chance.happens(0.05);
    const aimed = late
      ? addDays(window.closes, chance.integer(1, 9))
      : addDays(
          window.target,
          chance.integer(-Math.floor(visit.window.before * 0.8), Math.floor(visit.window.after * 0.8)),
        );
    const seenOn =
      aimed < today
        ? aimed
        : addDays(today, -chance.integer(1, Math.max(1, Math.min(12, daysBetween(window.opens, today)))));
    const isLate = seenOn > window.closes;
    attend(
      script,
      study,
      {
        person,
        visit,
        condition: {
          total,
          baselineTotal: course.baseline,
          baseline: false,
          seenOn,
          age: person.age,
          span: daysBetween(before, seenOn),
        },
        lateReason: isLate
          ? chance.pick(['Participant asked to move', 'Participant was away', 'No assessor free'])
          : undefined,
      },
      chance,
    );
    before = seenOn;
  }
  if (course.m12 === null && !person.pending) leave(course, person, record, chance);
}

/** Most of those who are lost withdrew, with a reason; some just stopped coming. */
function leave(
  course: Course,
  person: Person,
  record: (day: string, event: string, detail?: string, lossReason?: string) => void,
  chance: Chance,
): void {
  if (chance.happens(0.15)) return;
  const day = addDays(
    person.randomisedOn,
    course.m3 === null ? chance.integer(20, 80) : chance.integer(130, 300),
  );
  const reason = chance.weighted([
    ['not-reached', 5],
    ['declined', 6],
    ['moved', 2],
    ['illness', 1],
    ['other', 1],
  ] as [string, number][]);
  record(day, 'withdrawal', '', reason);
}
