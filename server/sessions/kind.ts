import { conflict, notFound, notValid } from '../errors.ts';
import { findGroup, findTherapist } from '../groups/store.ts';
import { allocationOf } from '../randomisation/store.ts';
import type { Checked, RecordKind } from '../records/kind.ts';
import { recordsOf } from '../records/store.ts';
import { dayOf, today } from '../visits/today.ts';
import type { SessionContent } from './contract.ts';
import { armsWithSessions, problemsOfSession } from './rules.ts';

/** A participant's part in a session. That there is one tells the arm. */
export const session: RecordKind<SessionContent> = {
  kind: 'session',
  family: 'sessions',
  what: 'Therapy session',
  tells: 'arms',
  async check(given) {
    const { services, caller, tx, content, before } = given;
    const participant = given.participant!;
    const { code } = participant;
    await whoLeads(given, participant.site);
    const allocation = await allocationOf(tx, participant.id);
    if (!allocation)
      throw conflict(`${code} has not been randomised, so there is no session yet. Nothing was saved.`);
    if (!armsWithSessions(caller.study.document).some(({ id }) => id === allocation.arm))
      throw conflict(
        `By the protocol, the treatment of ${code} is not given in sessions. Nothing was saved.`,
      );
    const randomisedOn = dayOf(services, new Date(allocation.allocated_at));
    const problems = problemsOfSession(content, today(services), randomisedOn);
    if (problems.length > 0) throw notValid(`${code}: ${problems[0]!.message} Nothing was saved.`, problems);
    await whichGroup(given, participant.site, allocation.arm);
    const earlier = await recordsOf(tx, caller.study.id, 'session', {
      sites: null,
      participant: participant.id,
    });
    const taken = earlier.some(
      (row) =>
        row.struck === 0 &&
        (JSON.parse(row.content) as SessionContent).number === content.number &&
        content.number !== before?.number,
    );
    if (taken)
      throw conflict(`${code} has a session ${content.number} already. Nothing was saved; correct that one.`);
    return content;
  },
};

async function whoLeads({ tx, caller, content }: Checked<SessionContent>, site: string): Promise<void> {
  if (content.therapist === null) return;
  const therapist = await findTherapist(tx, caller.study.id, content.therapist);
  if (!therapist) throw notFound('The therapist');
  if (therapist.site !== site) throw notValid('The therapist works at another site. Nothing was saved.');
}

async function whichGroup(
  { tx, caller, content }: Checked<SessionContent>,
  site: string,
  arm: string,
): Promise<void> {
  if (content.group === null) return;
  const group = await findGroup(tx, caller.study.id, content.group);
  if (!group || group.site !== site) throw notFound('The group');
  if (group.arm !== arm) throw conflict('The group is of another treatment. Nothing was saved.');
}
