import { grantRole } from '../accounts/people.ts';
import { readSetting, userById } from '../accounts/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notFound } from '../errors.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { activateDesign } from '../randomisation/activate.ts';
import type { Services, User } from '../services.ts';
import { canonicalHash } from './canonical.ts';
import type { StudyDocument } from './document.ts';
import { currentStudy, insertStudy, insertVersion, listStudies } from './store.ts';

export interface NewStudy {
  document: StudyDocument;
  /** Every instrument that a visit names. */
  instruments: InstrumentDocument[];
  synthetic?: { note: string };
  /** Only the demonstration brings its own. */
  secret?: Uint8Array;
}

/** Who acts when a study is added from the command line. */
export const commandLine: User = { id: 'command-line', name: 'Command line', email: '' };

/**
 * Adds a study: its first version, its allocation design with the commitment, and the server's owner as its owner.
 * @throws Refused (conflict) when a study of that id is there already
 */
export async function addStudy(
  services: Services,
  input: NewStudy,
): Promise<{ hash: string; commitment: string }> {
  return services.db.write((tx) => addStudyIn(tx, services, input));
}

export async function addStudyIn(tx: Transaction, services: Services, input: NewStudy) {
  const { document, instruments } = input;
  if (await currentStudy(tx, document.id))
    throw conflict(`The study “${document.id}” is there already. Nothing was changed.`);
  const namesake = (await listStudies(tx)).find(({ code }) => code === document.code);
  if (namesake)
    throw conflict(
      `The study “${namesake.id}” has the code ${document.code} already, which stands on its files and pages. Nothing was changed; choose another code.`,
    );
  const at = services.now().toISOString();
  const hash = canonicalHash(document);
  await insertStudy(tx, {
    id: document.id,
    code: document.code,
    synthetic: input.synthetic !== undefined,
    note: input.synthetic?.note ?? null,
    at,
  });
  await insertVersion(tx, { id: document.id, document, instruments, hash, at, by: null });
  const { commitment } = await activateDesign(tx, services.config, document, at, { secret: input.secret });
  const study = await currentStudy(tx, document.id);
  if (!study) throw notFound('The study');
  await appendAudit(tx, { user: commandLine, study, roles: [] }, at, {
    action: 'studies.add',
    subject: `study:${document.id}`,
    after: { version: document.version, hash, commitment },
  });
  const ownerId = await readSetting(tx, 'owner');
  const owner = ownerId === null ? null : await userById(tx, ownerId);
  if (owner) {
    const role = { id: crypto.randomUUID(), study: document.id, role: 'owner' as const, site: null };
    await grantRole(tx, { user: commandLine, study, roles: [] }, at, { ...role, user: owner });
  }
  return { hash, commitment };
}
