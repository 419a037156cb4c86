import { reaches } from '../access/rules.ts';
import { appendAudit } from '../audit/append.ts';
import { type Transaction, transactionLock } from '../db/database.ts';
import { conflict, notAllowed, notFound, notValid } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import { beginEpoch, type Epoch } from './amend.ts';
import { studyWideChanges } from './amendment.rules.ts';
import {
  activationsOf,
  approvalsOf,
  currentStudy,
  insertActivations,
  insertApproval,
  type RecordedVersion,
  recordedVersions,
} from './store.ts';
import type { Study } from './study.ts';

export interface Approval {
  site: string;
  committee: string;
  reference: string;
  decidedOn: string;
}

/** Records that a site's ethics committee approved a version, once for each. It activates nothing yet. */
export async function approveVersion(
  services: Services,
  caller: Caller,
  number: number,
  input: Approval,
): Promise<{ recordedAt: string }> {
  if (input.decidedOn > today(services)) throw notValid('The day of the decision is in the future.');
  return services.db.write(async (tx) => {
    const { id } = caller.study;
    await transactionLock(tx, `approvals ${id}`);
    const version = await find(tx, id, number);
    const site = siteOf(version, input.site);
    if (!reaches(caller.sites, site.id)) throw notAllowed(`You record no approvals of ${site.name}.`);
    const known = (await approvalsOf(tx, id)).find((one) => one.number === number && one.site === site.id);
    if (known)
      throw conflict(
        `The approval of version ${number} at ${site.name} is on record already: ${known.reference}, decided on ${known.decided_on}. Nothing was changed.`,
      );
    const at = services.now().toISOString();
    await insertApproval(tx, {
      study_id: id,
      number,
      site: site.id,
      committee: input.committee,
      reference: input.reference,
      decided_on: input.decidedOn,
      recorded_at: at,
      recorded_by: caller.user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'studies.approve',
      subject: `study:${id}`,
      after: { version: number, ...input },
    });
    return { recordedAt: at };
  });
}

/**
 * Puts a version into force at sites that approved it. Sites that are not named go on under their own version. What
 * can't differ between sites comes into force for all at once; a changed allocation then begins a new epoch.
 * @throws Refused (conflict) where an approval is missing, a site is further on, or sites would differ in what they can't
 */
export async function activateVersion(
  services: Services,
  caller: Caller,
  number: number,
  wanted: readonly string[],
): Promise<{ activatedAt: string; epoch: Epoch }> {
  return services.db.write(async (tx) => {
    const { id } = caller.study;
    await transactionLock(tx, `allocations ${id}`);
    const version = await find(tx, id, number);
    const study = (await currentStudy(tx, id))!;
    const sites = [...new Set(wanted)].map((site) => siteOf(version, site));
    const active = (await activationsOf(tx, id)).filter((one) => one.number === number);
    const approved = new Set(
      (await approvalsOf(tx, id)).filter((one) => one.number === number).map((one) => one.site),
    );
    for (const site of sites) {
      const inForce = study.siteVersions.get(site.id) ?? 0;
      if (inForce === number) throw conflict(`Version ${number} is active at ${site.name} already.`);
      if (inForce > number)
        throw conflict(`${site.name} works under version ${inForce} already, which is newer.`);
      if (!approved.has(site.id))
        throw conflict(`${site.name} has not approved version ${number} yet. Record the approval first.`);
    }
    const now = new Set([...sites.map((site) => site.id), ...active.map((one) => one.site)]);
    refuseParting(study, version, now);
    const at = services.now().toISOString();
    await insertActivations(
      tx,
      sites.map((site) => ({
        study_id: id,
        number,
        site: site.id,
        activated_at: at,
        activated_by: caller.user.id,
      })),
    );
    const epoch = number > study.version ? await beginEpoch(services, tx, version.document, at) : null;
    const after = (await currentStudy(tx, id))!;
    await appendAudit(tx, { ...caller, study: after }, at, {
      action: 'studies.activate',
      subject: `study:${id}`,
      before: Object.fromEntries(sites.map(({ id: site }) => [site, study.siteVersions.get(site) ?? null])),
      after: { version: number, hash: version.hash, sites: sites.map((site) => site.id), epoch },
    });
    return { activatedAt: at, epoch };
  });
}

/** Refuses to let sites differ in what is one for the whole study. */
function refuseParting(study: Study, version: RecordedVersion, active: ReadonlySet<string>): void {
  if (version.version < study.version) return;
  const changes = studyWideChanges(study.document, version.document);
  const missing = version.document.sites.filter((site) => !site.closed && !active.has(site.id));
  if (changes.length === 0 || missing.length === 0) return;
  throw conflict(
    `Version ${version.version} changes ${changes.join(', ')}, which can’t differ between sites. Activate it at all open sites at once; still missing: ${missing.map((site) => site.name).join(', ')}. Nothing was changed.`,
  );
}

async function find(tx: Transaction, study: string, number: number): Promise<RecordedVersion> {
  const version = (await recordedVersions(tx, study)).find((one) => one.version === number);
  if (!version) throw notFound(`Version ${number} of the protocol`);
  if (!version.perSite) throw conflict(`Version ${number} is in force at every site already.`);
  return version;
}

function siteOf({ document, version }: RecordedVersion, id: string) {
  const site = document.sites.find((one) => one.id === id);
  if (!site) throw notFound(`The site “${id}” in version ${version}`);
  return site;
}
