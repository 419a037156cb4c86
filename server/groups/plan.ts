import { reaches } from '../access/rules.ts';
import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notAllowed, notFound, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import { allocationOf } from '../randomisation/store.ts';
import type { Caller, Services } from '../services.ts';
import { dayOf } from '../visits/today.ts';
import { refuseBlinded } from './read.ts';
import {
  countMembers,
  endMemberships,
  findGroup,
  findTherapist,
  groupsOf,
  insertGroup,
  insertMembership,
  insertTherapist,
  openMemberships,
  therapistsOf,
} from './store.ts';

function ownSite(caller: Caller, site: string): void {
  if (!caller.study.document.sites.some((one) => one.id === site))
    throw notValid(`The study has no site “${site}”.`);
  if (!reaches(caller.sites, site)) throw notAllowed('You don’t plan therapy at that site.');
}

export async function addTherapist(
  services: Services,
  caller: Caller,
  input: { key: string; site: string; name: string },
) {
  refuseBlinded(caller);
  ownSite(caller, input.site);
  return once(
    services,
    {
      user: caller.user,
      study: caller.study.id,
      endpoint: 'groups.add-therapist',
      key: input.key,
      payload: input,
    },
    async (tx) => {
      await refuseLocked(tx, caller, { site: input.site });
      const known = await therapistsOf(tx, caller.study.id);
      if (known.some((one) => one.site === input.site && one.name === input.name))
        throw conflict(`${input.name} is a therapist of this site already.`);
      const id = crypto.randomUUID();
      const at = services.now().toISOString();
      await insertTherapist(tx, {
        id,
        study_id: caller.study.id,
        site: input.site,
        name: input.name,
        added_at: at,
        added_by: caller.user.id,
      });
      await appendAudit(tx, caller, at, {
        action: 'groups.add-therapist',
        subject: `site:${input.site}`,
        after: { name: input.name },
      });
      return { id };
    },
  );
}

export interface NewGroup {
  key: string;
  site: string;
  arm: string;
  name: string;
  therapist: string | null;
  startsOn: string;
  seats: number;
}

export async function addGroup(services: Services, caller: Caller, input: NewGroup) {
  refuseBlinded(caller);
  ownSite(caller, input.site);
  const arm = caller.study.document.arms.find((one) => one.id === input.arm);
  if (!arm?.group) throw notValid('The protocol gives this arm no treatment in groups.');
  if (input.seats > arm.group.to)
    throw notValid(`A group of ${arm.short} has at most ${arm.group.to} seats by the protocol.`);
  return once(
    services,
    { user: caller.user, study: caller.study.id, endpoint: 'groups.add', key: input.key, payload: input },
    async (tx) => {
      await refuseLocked(tx, caller, { site: input.site });
      const known = await groupsOf(tx, caller.study.id);
      if (known.some((one) => one.site === input.site && one.name === input.name))
        throw conflict(`There is a group “${input.name}” at this site already.`);
      if (input.therapist !== null) await therapistAt(tx, caller, input.therapist, input.site);
      const id = crypto.randomUUID();
      const at = services.now().toISOString();
      await insertGroup(tx, {
        id,
        study_id: caller.study.id,
        site: input.site,
        arm: input.arm,
        name: input.name,
        therapist_id: input.therapist,
        starts_on: input.startsOn,
        seats: input.seats,
        added_at: at,
        added_by: caller.user.id,
      });
      await appendAudit(tx, caller, at, {
        action: 'groups.add',
        subject: `site:${input.site}`,
        after: { group: id, startsOn: input.startsOn, seats: input.seats },
      });
      return { id };
    },
  );
}

async function therapistAt(tx: Transaction, caller: Caller, id: string, site: string) {
  const therapist = await findTherapist(tx, caller.study.id, id);
  if (!therapist) throw notFound('The therapist');
  if (therapist.site !== site) throw notValid('The therapist works at another site.');
  return therapist;
}

export interface Joining {
  key: string;
  group: string | null;
  therapist: string | null;
  from: string;
}

/** After allocation only, and never looked at by it: membership can't influence who gets which arm. */
export async function joinTherapy(services: Services, caller: Caller, code: string, input: Joining) {
  refuseBlinded(caller);
  if ((input.group === null) === (input.therapist === null))
    throw notValid('Name either a group or a therapist.');
  return once(
    services,
    {
      user: caller.user,
      study: caller.study.id,
      endpoint: 'groups.join',
      key: input.key,
      payload: { code, ...input },
    },
    async (tx) => {
      const participant = await findParticipant(tx, caller, code);
      await refuseLocked(tx, caller, { participant });
      const allocation = await allocationOf(tx, participant.id);
      if (!allocation)
        throw conflict(`${code} has not been randomised yet; seats are given after allocation.`);
      const randomisedOn = dayOf(services, new Date(allocation.allocated_at));
      if (input.from < randomisedOn)
        throw notValid(`${code} was randomised on ${randomisedOn}; a membership begins that day or later.`, [
          { path: 'from', message: 'Before randomisation' },
        ]);
      if (input.group !== null) {
        const group = await findGroup(tx, caller.study.id, input.group);
        if (!group || group.site !== participant.site) throw notFound('The group');
        if (group.arm !== allocation.arm)
          throw conflict(`${code} was not allocated to the treatment of this group. Nothing was changed.`);
        const own = await openMemberships(tx, participant.id, 'group_id');
        if (own.some((one) => one.group_id === group.id))
          throw conflict(`${code} is in ${group.name} already. Nothing was changed.`);
        if ((await countMembers(tx, group.id)) >= group.seats)
          throw conflict(`Every seat of ${group.name} is taken. Nothing was changed.`);
      } else await therapistAt(tx, caller, input.therapist!, participant.site);
      const id = crypto.randomUUID();
      const at = services.now().toISOString();
      const kind = input.group === null ? 'therapist_id' : 'group_id';
      expectLater(await openMemberships(tx, participant.id, kind), input.from);
      await endMemberships(tx, participant.id, input.from, kind);
      await insertMembership(tx, {
        id,
        participant_id: participant.id,
        group_id: input.group,
        therapist_id: input.therapist,
        from_day: input.from,
        until_day: null,
        entered_at: at,
        entered_by: caller.user.id,
      });
      await appendAudit(tx, caller, at, {
        action: 'groups.join',
        subject: `participant:${code}`,
        after: { membership: id, from: input.from },
      });
      return { id };
    },
  );
}

export async function leaveTherapy(
  services: Services,
  caller: Caller,
  code: string,
  until: string,
): Promise<{ ended: number }> {
  refuseBlinded(caller);
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    expectLater(await openMemberships(tx, participant.id, 'both'), until);
    const ended = await endMemberships(tx, participant.id, until, 'both');
    if (ended === 0) throw conflict(`${code} is with no group and no therapist.`);
    await appendAudit(tx, caller, services.now().toISOString(), {
      action: 'groups.leave',
      subject: `participant:${code}`,
      after: { until },
    });
    return { ended };
  });
}

/** A membership doesn't end before it began. */
function expectLater(open: readonly { from_day: string }[], day: string): void {
  const latest = open
    .map((one) => one.from_day)
    .sort()
    .at(-1);
  if (latest !== undefined && day < latest)
    throw notValid(`The membership that would end then began on ${latest}. Nothing was changed.`);
}
