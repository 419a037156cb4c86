import { reaches } from '../access/rules.ts';
import { notAllowed, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import { insert, mayHave, type Saved } from '../records/add.ts';
import { refuseKept } from '../records/kind.ts';
import type { Caller, Services } from '../services.ts';
import type { DeviationContent } from './contract.ts';
import { deviation } from './kind.ts';

export interface NewDeviation {
  key: string;
  site: string;
  participant: string | null;
  content: Omit<DeviationContent, 'review'>;
}

/** Records a deviation of a participant, or of a site as a whole. */
export async function addDeviation(services: Services, caller: Caller, input: NewDeviation): Promise<Saved> {
  refuseKept(caller, deviation);
  const { site, participant: code, content, key } = input;
  if (!caller.study.document.sites.some(({ id }) => id === site))
    throw notValid(`The study has no site “${site}”. Nothing was saved.`);
  if (!reaches(caller.sites, site)) throw notAllowed('You don’t record deviations at that site.');
  const act = { user: caller.user, study: caller.study.id, endpoint: 'deviations.add', key };
  return once(services, { ...act, payload: input }, async (tx) => {
    const given = { ...content, review: null };
    if (code === null) await refuseLocked(tx, caller, { site: site ?? undefined });
    if (code === null) return insert(services, tx, caller, deviation, { site }, given);
    const participant = await findParticipant(tx, caller, code);
    await refuseLocked(tx, caller, { participant });
    if (participant.site !== site) throw notValid(`${code} is at another site. Nothing was saved.`);
    mayHave(participant, deviation);
    return insert(services, tx, caller, deviation, participant, given);
  });
}
