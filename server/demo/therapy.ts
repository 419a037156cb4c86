import { addGroup, addTherapist, joinTherapy } from '../groups/plan.ts';
import { rateSession } from '../sessions/fidelity.ts';
import { recordSession } from '../sessions/record.ts';
import type { Study } from '../studies/study.ts';
import { openUnblinding, requestUnblinding } from '../unblinding/unblind.ts';
import { addDays } from '../visits/days.rules.ts';
import { Chance } from './chance.ts';
import { clock, type Person } from './enrolment.ts';
import type { Script } from './script.ts';

const therapists: Record<string, readonly string[]> = {
  lohja: ['Sari Lehtonen', 'Mikko Virtanen'],
  vihti: ['Anna Hakala', 'Jukka Saarinen'],
};

type Scales = NonNullable<Study['document']['fidelity']>;

/** The fourth session is the one whose recording may be rated. */
const RATED = 3;

/** Days from the last member's randomisation to the first session. */
const NOTICE = 7;

/**
 * Two therapists at each site, who treat one to one or lead groups. Groups are filled in the order of randomisation, as
 * many as they have seats for, and begin soon after the last of them.
 */
export function therapy(script: Script, study: Study, people: readonly Person[], arms: readonly string[]) {
  const { document } = study;
  const chance = new Chance('equipoise-demonstration therapy');
  const scales = document.fidelity ?? [];
  for (const site of document.sites) {
    const here = people.map((person, index) => ({ person, arm: arms[index]! }));
    const local = here.filter(({ person }) => person.site === site.id);
    const first = local[0];
    if (!first) continue;
    const staff: string[] = [];
    for (const name of therapists[site.id] ?? [])
      script.at(clock(first.person.screenedOn, chance, 5, 5), async (services, as) => {
        const added = await addTherapist(services, as('coordinator'), {
          key: crypto.randomUUID(),
          site: site.id,
          name,
        });
        staff.push(added.id);
      });
    for (const arm of document.arms) {
      const members = local.filter((one) => one.arm === arm.id).map(({ person }) => person);
      if (!arm.group) {
        if (!arm.reference) oneToOne(script, members, staff, arm.sessions?.minutes ?? null, scales, chance);
        continue;
      }
      const size = arm.group;
      seatsOf(members.length, size).reduce((from, seats, number) => {
        const seated = members.slice(from, from + seats);
        const day = seated.at(-1)!.randomisedOn;
        script.at(clock(day, chance, 15, 15), async (services, as) => {
          const startsOn = addDays(day, NOTICE);
          const { id } = await addGroup(services, as('coordinator'), {
            key: crypto.randomUUID(),
            site: site.id,
            arm: arm.id,
            name: `${arm.short} ${number + 1}`,
            therapist: staff[number % Math.max(staff.length, 1)] ?? null,
            startsOn,
            seats: size.to,
          });
          for (const { code } of seated)
            await joinTherapy(services, as('coordinator'), code, {
              key: crypto.randomUUID(),
              group: id,
              therapist: null,
              from: startsOn,
            });
          if (arm.sessions)
            sessions(script, seated, startsOn, {
              group: id,
              therapist: staff[number % Math.max(staff.length, 1)] ?? null,
              minutes: arm.sessions.minutes ?? null,
              scales,
            });
        });
        return from + seats;
      }, 0);
    }
  }
}

/** Ten weekly sessions, of which each participant misses some; those that are still to come are left out. */
function sessions(
  script: Script,
  members: readonly Person[],
  startsOn: string,
  held: { group: string | null; therapist: string | null; minutes: number | null; scales: Scales },
): void {
  const { scales, ...sheet } = held;
  const chance = new Chance(`equipoise-demonstration sessions ${members[0]!.code}`);
  for (let week = 0; week < 10; week += 1) {
    const on = addDays(startsOn, 7 * week);
    const came = members.map(() => chance.happens(0.86));
    script.at(clock(on, chance, 15, 15), async (services, as) => {
      const recorded = await recordSession(services, as('coordinator'), {
        key: crypto.randomUUID(),
        on,
        ...sheet,
        participants: members.map(({ code }, index) => ({
          participant: code,
          number: week + 1,
          attended: came[index]!,
          missedReason: came[index]! ? '' : 'Cancelled on the day',
        })),
      });
      if (week === RATED && scales.length > 0 && came.includes(true))
        rating(script, recorded.sheet, on, scales);
    });
  }
}

/** Some recordings are rated by somebody from outside, three days later. */
function rating(script: Script, sheet: string, on: string, scales: Scales): void {
  const chance = new Chance(`equipoise-demonstration fidelity ${on}`);
  if (!chance.happens(0.4)) return;
  const rated = addDays(on, 3);
  script.at(clock(rated, chance, 15, 15), async (services, as) => {
    const ratings = Object.fromEntries(
      scales.map(({ id, min, max }) => [id, chance.integer(Math.max(min, max - 2), max)]),
    );
    await rateSession(services, as('coordinator'), sheet, {
      key: crypto.randomUUID(),
      content: { rater: 'Ritva Salmi', on: rated, ratings, note: '' },
    });
  });
}

/** Individual therapy: the site's therapists take turns. */
function oneToOne(
  script: Script,
  members: readonly Person[],
  staff: readonly string[],
  minutes: number | null,
  scales: Scales,
  chance: Chance,
): void {
  members.forEach((person, index) => {
    script.at(clock(person.randomisedOn, chance, 15, 15), async (services, as) => {
      const therapist = staff[index % Math.max(staff.length, 1)];
      if (therapist === undefined) return;
      await joinTherapy(services, as('coordinator'), person.code, {
        key: crypto.randomUUID(),
        group: null,
        therapist,
        from: addDays(person.randomisedOn, NOTICE),
      });
      if (minutes !== null)
        sessions(script, [person], addDays(person.randomisedOn, NOTICE), {
          group: null,
          therapist,
          minutes,
          scales,
        });
    });
  });
}

/** Groups as even as they get within the protocol's size: 26 in groups of 4 to 6 are 6, 5, 5, 5 and 5. */
export function seatsOf(count: number, { to }: { from: number; to: number }): number[] {
  const groups = Math.ceil(count / to);
  return Array.from({ length: groups }, (_, i) => Math.floor(count / groups) + (i < count % groups ? 1 : 0));
}

/** One past emergency unblinding, taken in both steps. */
export function unblinding(script: Script, people: readonly Person[]): void {
  const person = people[Math.floor(people.length / 3)]!;
  script.at(`${addDays(person.randomisedOn, 40)}T19:42:10.000Z`, async (services, as) => {
    const { id } = await requestUnblinding(services, as('investigator'), person.code, {
      confirm: person.code,
      reason: 'In hospital after an overdose; the ward doctor asked which treatment is going on.',
    });
    await openUnblinding(services, as('investigator'), id);
  });
}
