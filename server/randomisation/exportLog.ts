import type { Design } from '../../randomisation/index.ts';
import type { LogEntry } from '../../randomisation/log/entry.ts';
import { type EpochRecord, type ExportedLog, exportLog } from '../../randomisation/log/export.ts';
import { appendAudit } from '../audit/append.ts';
import type { Config } from '../config.ts';
import type { Connection } from '../db/database.ts';
import { notAllowed } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { sealLabel } from './activate.ts';
import { designsOf, readBeacon, readReveal } from './designs/store.ts';
import { inOrder } from './inOrder.ts';
import { unseal } from './seal.ts';
import { allocationsOfStudy, correctionsOfStudy } from './store.ts';

/**
 * The study's log for the verifier. A blinded caller gets the chain alone; others get each entry opened; once the
 * secret is revealed it is in there too, for everyone who may have the log.
 */
export async function exportAllocations(services: Services, caller: Caller): Promise<ExportedLog> {
  const { id } = caller.study;
  if (caller.sites !== null)
    throw notAllowed('The log is of the whole study, and your role holds at some of its sites only.');
  const exported = await services.db.snapshot(async (db) => {
    const revealed = (await readReveal(db, id)) !== undefined;
    const epochs = await epochsOf(services.config, db, id);
    const entries = inOrder(await allocationsOfStudy(db, id), await correctionsOfStudy(db, id)).map(
      (entry) => {
        const logged = JSON.parse(entry.row.entry) as LogEntry;
        return entry.kind === 'allocation' ? { ...logged, arm: entry.row.arm } : logged;
      },
    );
    return exportLog(id, epochs, entries, caller.blinded ? 'chain' : revealed ? 'secret' : 'open');
  });
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'randomisation.export',
      subject: `study:${id}`,
      after: { entries: exported.entries.length, last: exported.last },
      changesData: false,
    }),
  );
  return exported;
}

async function epochsOf(config: Config, db: Connection, study: string): Promise<EpochRecord[]> {
  const epochs: EpochRecord[] = [];
  const designs = await designsOf(db, study);
  for (const [index, row] of designs.entries()) {
    const beacon = await readBeacon(db, study, row.epoch);
    // Stored with the epoch that found them open; in the log they are those of the epoch that left them.
    const retired = designs[index + 1]?.retired;
    epochs.push({
      epoch: row.epoch,
      design: JSON.parse(row.design) as Design,
      secret: unseal(config.key, sealLabel(study, row.epoch), row.sealed_secret),
      ...(beacon ? { beacon: Buffer.from(beacon.value, 'hex') } : {}),
      ...(retired ? { retired: JSON.parse(retired) as EpochRecord['retired'] } : {}),
    });
  }
  return epochs;
}
