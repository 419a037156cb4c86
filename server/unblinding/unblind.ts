import { reaches } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import { appendAudit } from '../audit/append.ts';
import { conflict, notAllowed, notFound, notValid } from '../errors.ts';
import { deliverSoon } from '../mail/deliver.ts';
import { findParticipant } from '../participants/find.ts';
import { allocationOf, placementsOf } from '../randomisation/store.ts';
import type { Caller, Services } from '../services.ts';
import { tellOfUnblinding } from './notify.ts';
import { findUnblinding, insertOpening, insertUnblinding, listUnblindings as list } from './store.ts';

/** The second step has to follow within this time. */
const MINUTES = 10;

/** First step: who asks, for whom and why, on record before anything is shown. */
export async function requestUnblinding(
  services: Services,
  caller: Caller,
  code: string,
  input: { confirm: string; reason: string },
): Promise<{ id: string; expiresAt: string }> {
  if (input.confirm !== code)
    throw notValid(`The typed participant ID isn’t ${code}. Nobody was unblinded.`, [
      { path: 'confirm', message: `Type ${code}.` },
    ]);
  return services.db.write(async (tx) => {
    const participant = await findParticipant(tx, caller, code);
    if ((await placementsOf(tx, [participant.id])).length === 0)
      throw conflict(`${code} has not been randomised, so there is nothing to unblind.`);
    const id = crypto.randomUUID();
    const now = services.now();
    const at = now.toISOString();
    await insertUnblinding(tx, {
      id,
      study_id: caller.study.id,
      participant_id: participant.id,
      reason: input.reason,
      requested_at: at,
      requested_by: caller.user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'unblinding.request',
      subject: `participant:${code}`,
      reason: input.reason,
      changesData: false,
    });
    return { id, expiresAt: new Date(now.getTime() + MINUTES * 60_000).toISOString() };
  });
}

/** Second step, by the same person within ten minutes: the arm of this participant, and nothing about any other. */
export async function openUnblinding(services: Services, caller: Caller, id: string) {
  const shown = await services.db.write(async (tx) => {
    const request = await findUnblinding(tx, caller.study.id, id);
    if (!request || !reaches(caller.sites, request.site)) throw notFound('The request');
    if (request.requested_by !== caller.user.id)
      throw notAllowed('Only the person who asked can take the second step.');
    if (request.opened_at !== null)
      throw conflict('This request was used already. Ask again, with a reason, if the arm is needed again.');
    const now = services.now();
    if (now.getTime() > Date.parse(request.requested_at) + MINUTES * 60_000)
      throw conflict('The request is older than ten minutes. Nothing was shown; ask again with the reason.');
    const allocation = (await allocationOf(tx, request.participant_id))!;
    const arm = caller.study.document.arms.find((one) => one.id === allocation.arm)!;
    const openedAt = now.toISOString();
    await insertOpening(tx, { unblinding_id: id, opened_at: openedAt, opened_by: caller.user.id });
    await appendAudit(tx, caller, openedAt, {
      action: 'unblinding.open',
      subject: `participant:${request.code}`,
      reason: request.reason,
      changesData: false,
    });
    await tellOfUnblinding(tx, services, caller, { participant: request.code, site: request.site, openedAt });
    return { participant: request.code, arm: { id: arm.id, short: arm.short, name: arm.name }, openedAt };
  });
  deliverSoon(services);
  return shown;
}

export async function listUnblindings(services: Services, caller: Caller) {
  const rows = (await list(services.db.read, caller.study.id)).filter((row) =>
    reaches(caller.sites, row.site),
  );
  const names = await userNames(
    services.db.read,
    rows.map((row) => row.requested_by),
  );
  return {
    rows: rows.map((row) => ({
      id: row.id,
      participant: row.code,
      site: row.site,
      reason: row.reason,
      requestedBy: names.get(row.requested_by) ?? row.requested_by,
      requestedAt: row.requested_at,
      openedAt: row.opened_at,
    })),
  };
}
