import { logContact } from '../participants/contact.ts';
import { excludeParticipant } from '../participants/exclude.ts';
import { actOnQuery } from '../queries/act.ts';
import { openQuery } from '../queries/open.ts';
import { listQueries } from '../queries/view.ts';
import { visitWindow } from '../studies/rules.ts';
import type { Study } from '../studies/study.ts';
import { bookVisit } from '../visits/book.ts';
import { addDays } from '../visits/days.rules.ts';
import type { Calibration } from './calibration.ts';
import type { Chance } from './chance.ts';
import type { Course } from './course.ts';
import { clock, consent, judge, type Person, screen } from './enrolment.ts';
import type { Script } from './script.ts';
import { ageOf } from './timeline.ts';
import { attend, beginForm } from './visits.ts';

/** The visits that are open today: calls, bookings, one that was begun an hour ago with a safety alert. */
export function openVisits(
  script: Script,
  study: Study,
  pending: readonly Person[],
  courses: readonly Course[],
  now: Date,
  chance: Chance,
): void {
  const today = now.toISOString().slice(0, 10);
  const visit = study.document.visits.at(-1)!;
  const justNow = new Date(now.getTime() - 25 * 60_000).toISOString();
  pending.forEach((person, index) => {
    if (index < 2) {
      for (let call = 0; call < 3 - index; call += 1)
        script.at(clock(addDays(today, -9 + call * 3), chance), async (services, as) => {
          const outcome = index === 1 && call === 1 ? 'declined' : 'not-reached';
          const note = outcome === 'declined' ? 'Does not want to come; to confirm by letter.' : 'No answer.';
          await logContact(services, as('coordinator'), person.code, {
            key: crypto.randomUUID(),
            on: addDays(today, -9 + call * 3),
            outcome,
            note,
          });
        });
    } else if (index === 2) {
      beginForm(script, {
        person,
        visit,
        instrument: 'hamd17',
        condition: {
          total: 14,
          baselineTotal: courses[index]!.baseline,
          baseline: false,
          seenOn: today,
          age: person.age,
          span: 200,
        },
        values: Object.fromEntries([2, 1, 2, 1, 1, 0].map((value, i) => [String(i + 1), { value }])),
        at: justNow,
      });
    } else if (index % 3 !== 1) {
      const wanted = addDays(today, 1 + ((index * 2) % 9));
      const { closes } = visitWindow(visit, person.randomisedOn);
      const day = wanted < closes ? wanted : closes;
      script.at(clock(addDays(today, -chance.integer(2, 6)), chance), async (services, as) => {
        await bookVisit(services, as('coordinator'), person.code, visit.id, {
          bookedFor: `${day}T${chance.pick(['09:30', '10:00', '13:00', '14:15'])}`,
        });
      });
    }
  });
}

/** People who were screened and aren't randomised: most closed with a reason, five on their way. */
export function screenedOnly(
  script: Script,
  study: Study,
  calibration: Calibration,
  count: number,
  today: string,
  chance: Chance,
): void {
  const { document } = study;
  const make = (daysAgo: number): Person => ({
    site: chance.weighted(Object.entries(calibration.sites)),
    sex: chance.happens(calibration.women) ? 'female' : 'male',
    age: ageOf(calibration, chance),
    screenedOn: addDays(today, -daysAgo),
    randomisedOn: '',
    pending: false,
    code: '',
  });
  for (let index = 0; index < count - 5; index += 1) {
    const person = make(chance.integer(340, 760));
    screen(script, person, chance);
    if (index % 2 === 0)
      judge(script, person, document, chance, chance.pick(['diagnosis', 'substance', 'bipolar', 'attend']));
    else
      script.at(clock(person.screenedOn, chance, 9, 11), async (services, as) => {
        await excludeParticipant(services, as('coordinator'), person.code, {
          version: 1,
          reason: chance.pick(['declined', 'not-reached', 'other-treatment']),
        });
      });
  }
  const baseline = document.visits.find((visit) => visit.baseline)!;
  [1, 3, 6, 9, 12].forEach((daysAgo, stage) => {
    const person = make(daysAgo);
    screen(script, person, chance);
    if (stage >= 1) judge(script, person, document, chance);
    if (stage >= 2) consent(script, person, document, addDays(person.screenedOn, 2), chance);
    if (stage >= 3)
      attend(
        script,
        study,
        {
          person,
          visit: baseline,
          condition: {
            total: 19 + stage,
            baselineTotal: 19 + stage,
            baseline: true,
            seenOn: addDays(person.screenedOn, 4),
            age: person.age,
            span: 0,
          },
          forms: stage === 3 ? 2 : undefined,
        },
        chance,
      );
  });
}

/** Automatic queries of the past are answered and closed; four of the data manager's are open today. */
export function queries(
  script: Script,
  study: Study,
  people: readonly Person[],
  pending: readonly Person[],
  today: string,
  chance: Chance,
): void {
  const ask = (
    person: Person,
    daysAgo: number,
    where: { visit: string; instrument: string; item: string },
    text: string,
    answer?: string,
  ) =>
    script.at(clock(addDays(today, -daysAgo), chance), async (services, as) => {
      const query = await openQuery(services, as('data-manager'), {
        key: crypto.randomUUID(),
        participant: person.code,
        ...where,
        text,
      });
      if (answer)
        script.at(clock(addDays(today, -daysAgo + 1), chance), async (later, who) => {
          await actOnQuery(later, who('coordinator'), query.id, {
            do: 'reply',
            key: crypto.randomUUID(),
            text: answer,
          });
        });
    });
  script.at(`${addDays(today, -20)}T06:00:00.000Z`, async (services, as) => {
    const { rows } = await listQueries(services, as('data-manager'), {
      status: 'unresolved',
      page: 1,
      size: 500,
    });
    for (const query of rows) {
      await actOnQuery(services, as('coordinator'), query.id, {
        do: 'reply',
        key: crypto.randomUUID(),
        text: 'Checked against the appointment book; correct.',
      });
      await actOnQuery(services, as('data-manager'), query.id, { do: 'close', key: crypto.randomUUID() });
    }
  });
  const { visits } = study.document;
  const baseline = visits[0]!.id;
  const completed = people.filter((person) => !person.pending).slice(-30);
  ask(
    completed[3]!,
    6,
    { visit: baseline, instrument: 'hamd17', item: '16' },
    'Item 16: weight loss scored, but Background has a gain over the same month. Which one is right?',
  );
  ask(
    completed[11]!,
    2,
    { visit: 'm3', instrument: 'sick-leave', item: 'days' },
    'More sick-leave days than days since the last visit?',
  );
  ask(
    pending[5]!,
    1,
    { visit: baseline, instrument: 'medication', item: 'antidepressant' },
    'Which SSRI, and since when?',
  );
  ask(
    pending[6]!,
    4,
    { visit: baseline, instrument: 'background', item: 'duration' },
    'Duration of the episode is missing from the letter of referral. Please check.',
  );
  ask(
    completed[20]!,
    9,
    { visit: baseline, instrument: 'hamd17', item: '4' },
    'Items 4 to 6 look as if they were entered one row down.',
    'The paper form says the same; checked with the assessor.',
  );
}
