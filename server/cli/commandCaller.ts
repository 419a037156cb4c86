import { notFound } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { commandLine } from '../studies/add.ts';
import { currentStudy } from '../studies/store.ts';

/**
 * Whoever can run commands has the database and the key: the command line acts at all sites, unblinded, with small counts
 * shown, under its own name in the audit trail.
 */
export async function commandCaller(services: Services, studyId: string): Promise<Caller> {
  const study = await currentStudy(services.db.read, studyId);
  if (!study) throw notFound(`The study “${studyId}”`);
  const { disclosure: _, ...document } = study.document;
  return {
    user: commandLine,
    study: { ...study, document },
    roles: ['data-manager'],
    sites: null,
    blinded: false,
  };
}
