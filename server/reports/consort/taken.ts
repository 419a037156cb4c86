import { appendAudit } from '../../audit/append.ts';
import type { Caller, Services } from '../../services.ts';

/** Puts on the study's audit trail that a report was taken, before it leaves. */
export async function noteTaken(services: Services, caller: Caller, file: string): Promise<void> {
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'reports.consort',
      subject: 'report',
      changesData: false,
      after: { file },
    }),
  );
}
