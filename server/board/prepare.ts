import { appendAudit } from '../audit/append.ts';
import { type Connection, transactionLock } from '../db/database.ts';
import { nestedDatabase } from '../db/nested.ts';
import { conflict, notAllowed } from '../errors.ts';
import { once } from '../http/once.ts';
import { allParticipants } from '../participants/store.ts';
import { refusePartial } from '../reports/whole.ts';
import { lettersOf } from '../results/letters.ts';
import type { Caller, Services } from '../services.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { currentStudy } from '../studies/store.ts';
import { VERSION } from '../version.ts';
import { closedPart } from './build/closed.ts';
import { openPart } from './build/open.ts';
import { harmsOf } from './build/safety.ts';
import { stoppedOf } from './build/withdrawals.ts';
import type { SnapshotContent } from './document.ts';
import { snapshotHash } from './hash.ts';
import { insertSnapshot, nextNumber } from './store.ts';

/** Whoever prepares and reads by arm is blinded nowhere, and sees every site. */
export function refuseBlinded(caller: Caller): void {
  if (caller.blinded) throw notAllowed('Closed reports are by arm, and your role is blinded in this study.');
  refusePartial(caller);
}

/**
 * Freezes what the monitoring board is to see, as the data are now: both parts are built once, hashed and kept. Nothing
 * changes a snapshot afterwards; a later state of the data is a snapshot of its own.
 *
 * @throws {Refused} for a blinded caller, and before anybody is randomised
 */
export async function prepareSnapshot(
  services: Services,
  caller: Caller,
  { key, note }: { key: string; note: string },
): Promise<{ number: number; sha256: string }> {
  refuseBlinded(caller);
  const { study, user } = caller;
  const letters = await lettersOf(services, study);
  const { open, closed, cutOff } = await services.db.snapshot(async (tx) => {
    const inside = { ...services, db: nestedDatabase(services.db, tx) };
    const shared = { harms: await harmsOf(tx, caller), stopped: await stopped(tx, caller) };
    return {
      cutOff: (await currentStudy(tx, study.id))!.changedAt,
      open: await openPart(inside, tx, caller, shared),
      closed: await closedPart(inside, tx, caller, { ...shared, letters }),
    };
  });
  const participants = closed.arms.reduce((sum, arm) => sum + arm.participants, 0);
  if (participants === 0)
    throw conflict('Nobody is randomised yet, so that there is nothing to report. Nothing was prepared.');
  const act = { user, study: study.id, endpoint: 'board.prepare', key, payload: { note } };
  return once(services, act, async (tx) => {
    await transactionLock(tx, `board ${study.id}`);
    const number = await nextNumber(tx, study.id);
    const at = services.now().toISOString();
    const head: SnapshotContent['head'] = {
      equipoise: 'board-snapshot/1',
      study: {
        id: study.id,
        code: study.document.code,
        title: study.document.title,
        short: study.document.short,
      },
      synthetic: study.synthetic ? (study.syntheticNote ?? 'Synthetic data. Nobody in it exists.') : null,
      number,
      cutOff,
      preparedAt: at,
      preparedBy: user.name,
      note,
      participants,
      studyVersion: study.version,
      codeVersion: VERSION,
    };
    // As it is kept and read again: keys in order, absent values gone.
    const content = canonicalJson({ head, open, closed });
    const kept = JSON.parse(content) as SnapshotContent;
    const sha256 = snapshotHash(kept.head, kept.open, kept.closed);
    await insertSnapshot(tx, {
      id: crypto.randomUUID(),
      study_id: study.id,
      number,
      content,
      sha256,
      note,
      cut_off: head.cutOff,
      participants,
      study_version: head.studyVersion,
      code_version: head.codeVersion,
      prepared_at: at,
      prepared_by: user.id,
      preparer_name: user.name,
    });
    await appendAudit(tx, caller, at, {
      action: 'board.prepare',
      subject: `snapshot:${number}`,
      changesData: false,
      after: { sha256, cutOff: head.cutOff, participants, note },
    });
    return { number, sha256 };
  });
}

async function stopped(db: Connection, { study }: Caller) {
  const people = await allParticipants(db, study.id, null);
  return stoppedOf(db, study.id, new Map(people.map(({ id, code }) => [id, code])));
}
