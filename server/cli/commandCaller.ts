import { notFound } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { commandLine } from '../studies/add.ts';
import { currentStudy } from '../studies/store.ts';

/** Whoever can run commands has the database and the key: the command line acts at all sites, unblinded, under its own name in the audit trail. */
export async function commandCaller(services: Services, studyId: string): Promise<Caller> {
  const study = await currentStudy(services.db.read, studyId);
  if (!study) throw notFound(`The study “${studyId}”`);
  return { user: commandLine, study, roles: ['data-manager'], sites: null, blinded: false };
}
