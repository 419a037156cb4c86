import type { z } from 'zod';
import { reaches } from '../access/rules.ts';
import { notAllowed } from '../errors.ts';
import { allParticipants } from '../participants/store.ts';
import { allocationsOfStudy } from '../randomisation/store.ts';
import type { Caller, Services } from '../services.ts';
import { daysBetween } from '../visits/days.rules.ts';
import { dayOf, today } from '../visits/today.ts';
import type { GroupView, readGroups } from './contract.ts';
import { groupsOf, membershipsOf, therapistsOf } from './store.ts';

type Reply = z.infer<NonNullable<(typeof readGroups)['reply']>>;

/** Groups tell arms apart, so a blinded caller gets none of this. */
export function refuseBlinded(caller: Caller): void {
  if (caller.blinded)
    throw notAllowed('Your role is blinded in this study; groups and therapists tell arms apart.');
}

/** Groups with members, who waits for a seat, and whether another group can begin. */
export async function listGroups(services: Services, caller: Caller): Promise<Reply> {
  refuseBlinded(caller);
  const { study } = caller;
  const db = services.db.read;
  const [therapists, groups, memberships, participants, allocations] = await Promise.all([
    therapistsOf(db, study.id),
    groupsOf(db, study.id),
    membershipsOf(db, study.id),
    allParticipants(db, study.id, caller.sites),
    allocationsOfStudy(db, study.id),
  ]);
  const within = <T extends { site: string }>(rows: T[]): T[] =>
    rows.filter((row) => reaches(caller.sites, row.site));
  const membersWhere = (belongs: (one: (typeof memberships)[number]) => boolean) =>
    memberships
      .filter(belongs)
      .map((one) => ({ participant: one.code, from: one.from_day, until: one.until_day }));
  const views = within(groups).map(
    (group): GroupView => ({
      id: group.id,
      site: group.site,
      arm: group.arm,
      name: group.name,
      therapist: therapists.find((one) => one.id === group.therapist_id)?.name ?? null,
      startsOn: group.starts_on,
      seats: group.seats,
      members: membersWhere((one) => one.group_id === group.id),
    }),
  );
  const seated = new Set(memberships.filter((one) => one.group_id !== null).map((one) => one.participant_id));
  const grouped = new Map(study.document.arms.filter((arm) => arm.group).map((arm) => [arm.id, arm.group!]));
  const people = new Map(participants.map((one) => [one.id, one]));
  const day = today(services);
  const waiting = allocations
    .filter((one) => grouped.has(one.arm) && !seated.has(one.participant_id))
    .flatMap((one) => {
      const person = people.get(one.participant_id);
      if (person?.status !== 'randomised') return [];
      const since = dayOf(services, new Date(one.allocated_at));
      return [
        { participant: person.code, site: person.site, arm: one.arm, since, days: daysBetween(since, day) },
      ];
    });
  return {
    therapists: within(therapists).map(({ id, site, name }) => ({
      id,
      site,
      name,
      members: membersWhere((one) => one.therapist_id === id),
    })),
    groups: views,
    waiting,
    plan: within(study.document.sites.map((site) => ({ site: site.id }))).flatMap(({ site }) =>
      [...grouped].map(([arm, size]) => {
        const count = waiting.filter((one) => one.site === site && one.arm === arm).length;
        const free = views
          .filter((group) => group.site === site && group.arm === arm && group.startsOn >= day)
          .reduce(
            (sum, group) =>
              sum + Math.max(0, group.seats - group.members.filter((one) => one.until === null).length),
            0,
          );
        return {
          site,
          arm,
          waiting: count,
          free,
          least: size.from,
          most: size.to,
          canBegin: count >= size.from,
        };
      }),
    ),
  };
}
