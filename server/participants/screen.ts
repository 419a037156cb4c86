import { reaches } from '../access/rules.ts';
import { appendAudit } from '../audit/append.ts';
import { transactionLock } from '../db/database.ts';
import { notAllowed, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import type { Caller, Services } from '../services.ts';
import { callerAt } from '../studies/at.ts';
import { today } from '../visits/today.ts';
import { checkIdentity, type Identity, keepIdentity } from './identity.ts';
import { problemsOfScreening } from './rules.ts';
import { highestNumber, insertParticipant } from './store.ts';

export interface Screening {
  key: string;
  site: string;
  screenedOn: string;
  values: Record<string, string | number>;
  identity?: Identity;
}

/** Registers a screened person under the site's next participant ID. */
export async function screenParticipant(
  services: Services,
  caller: Caller,
  input: Screening,
): Promise<{ code: string }> {
  const { study } = callerAt(caller, input.site);
  const site = study.document.sites.find((one) => one.id === input.site);
  if (!site) throw notValid(`The study has no site “${input.site}”.`);
  if (site.closed) throw notValid(`${site.name} is closed; nobody is registered there any more.`);
  if (!study.versions.get(study.version)!.document.sites.some((one) => one.id === site.id))
    throw notValid(
      `${site.name} has no protocol version that is active there yet; nobody can be registered before.`,
    );
  if (!reaches(caller.sites, site.id)) throw notAllowed(`You don’t enrol at ${site.name}.`);
  if (input.screenedOn > today(services)) throw notValid('The day of screening is in the future.');
  const issues = problemsOfScreening(study.document, input.values);
  if (issues.length > 0) throw notValid('Some screening answers are not right. Nothing was saved.', issues);
  return once(
    services,
    {
      user: caller.user,
      study: caller.study.id,
      endpoint: 'participants.screen',
      key: input.key,
      payload: input,
    },
    async (tx) => {
      await transactionLock(tx, `codes ${study.id} ${site.id}`);
      await refuseLocked(tx, caller, { site: site.id });
      const digests = await checkIdentity(tx, services.config, study.id, input.identity ?? {});
      const number = (await highestNumber(tx, study.id, site.id)) + 1;
      const code = `${site.code}-${String(number).padStart(4, '0')}`;
      const at = services.now().toISOString();
      const id = crypto.randomUUID();
      await insertParticipant(tx, {
        id,
        study_id: study.id,
        code,
        site: site.id,
        status: 'screening',
        version: 1,
        screened_on: input.screenedOn,
        screening: JSON.stringify(input.values),
        exclusion_reason: null,
        created_at: at,
        created_by: caller.user.id,
      });
      await keepIdentity(tx, study.id, id, digests);
      await appendAudit(tx, { ...caller, study }, at, {
        action: 'participants.screen',
        subject: `participant:${code}`,
        after: { site: site.id, screenedOn: input.screenedOn, values: input.values },
      });
      return { code };
    },
  );
}
