import { appendAudit } from '../audit/append.ts';
import { notValid } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { keyringOf, termDigest } from './keys.ts';
import { normalised, type TermKind } from './rules.ts';
import { participantsByTerm } from './store.ts';

/** Participants at the caller's sites with this whole term. The trail gets how many were found, not what was looked for. */
export async function findIdentity(
  services: Services,
  caller: Caller,
  { by, text }: { by: TermKind; text: string },
) {
  const term = normalised(by, text);
  if (term === null)
    throw notValid('There is too little to look for. Give the whole name, number or address.', [
      { path: 'text', message: 'Too short' },
    ]);
  const { study, sites } = caller;
  // While keys are changed, some records are still found under the one before.
  const digests = keyringOf(services.config).all.map((key) => termDigest(key, study.id, by, term));
  return services.db.write(async (tx) => {
    const found = await participantsByTerm(tx, study.id, sites, digests);
    await appendAudit(tx, caller, services.now().toISOString(), {
      action: 'identity.find',
      subject: `study:${study.id}`,
      changesData: false,
      after: { by, found: found.map(({ code }) => code) },
    });
    return { rows: found.map(({ code, site }) => ({ participant: code, site })) };
  });
}
