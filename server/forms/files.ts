import { appendAudit } from '../audit/append.ts';
import type { Connection } from '../db/database.ts';
import { refuseWhileBlind } from '../doubleEntry/blind.ts';
import { notFound, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import { receivedFile } from '../http/received.ts';
import { judgeAnswer } from '../instruments/rules.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findWithAnchors } from '../participants/anchors.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
import type { FileValue } from './contract.ts';
import { refuseWrite } from './mayBeWritten.ts';
import { type Place, placeOf } from './place.ts';
import type { FormAddress } from './read.ts';
import type { Change } from './rules.ts';
import { situationOf } from './situation.ts';
import { filesNamed, fileWithContent, insertFile } from './store.ts';

export interface Upload {
  key: string;
  item: string;
  name: string;
  type: FileValue['type'];
  /** Base64. */
  content: string;
}

/** Keeps a file for an item of a form, with its audit entry; it becomes the answer when the form is saved with it. */
export async function uploadFile(
  services: Services,
  caller: Caller,
  address: FormAddress,
  { key, item: id, name, type, content }: Upload,
): Promise<FileValue> {
  const { study, user } = caller;
  const place = placeOf(study, address.visit, address.instrument);
  const item = place.instrument.items.find((one) => one.id === id);
  if (item?.kind !== 'file') throw notFound(`A file item “${id}” of ${place.instrument.short}`);
  const { bytes, size, sha256 } = receivedFile({ name, type, content });
  const value: FileValue = { file: crypto.randomUUID(), name, type, size, sha256 };
  const verdict = judgeAnswer(item, value);
  if (verdict)
    throw notValid(`${verdict.message} Nothing was kept.`, [{ path: 'content', message: verdict.message }]);
  const payload = { ...address, item: id, name, type, sha256 };
  return once(services, { user, study: study.id, endpoint: 'forms.upload', key, payload }, async (tx) => {
    const { participant, anchors } = await findWithAnchors(services, tx, caller, address.participant);
    await refuseLocked(tx, caller, { ...address, participant });
    await refuseWhileBlind(tx, caller, participant, place);
    await refuseWrite(tx, await situationOf(tx, study, participant, anchors, address));
    const at = services.now().toISOString();
    const { file, ...rest } = value;
    await insertFile(tx, {
      id: file,
      participant_id: participant.id,
      visit: place.visit.id,
      instrument: place.instrument.id,
      item: id,
      ...rest,
      content: bytes,
      uploaded_at: at,
      uploaded_by: user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'forms.upload',
      subject: `form:${participant.code}/${place.visit.id}/${place.instrument.id}`,
      after: { item: id, ...value },
    });
    return value;
  });
}

/** @throws Refused (not found) where the form has no such file, or its participant is out of reach */
export async function readFile(services: Services, caller: Caller, address: FormAddress & { file: string }) {
  const db = services.db.read;
  const participant = await findParticipant(db, caller, address.participant);
  const place = placeOf(caller.study, address.visit, address.instrument);
  await refuseWhileBlind(db, caller, participant, place);
  const file = await fileWithContent(db, participant.id, address);
  if (!file) throw notFound('The file');
  return file;
}

/**
 * Whoever saves a file as an answer must have got it from an upload for that very item.
 *
 * @throws Refused (not valid)
 */
export async function refuseForeignFiles(
  db: Connection,
  participant: string,
  { visit, instrument }: Place,
  changes: readonly Change[],
): Promise<void> {
  const given = changes.flatMap(({ item, after }) =>
    after && 'value' in after && typeof after.value === 'object' && !Array.isArray(after.value)
      ? [{ item, value: after.value }]
      : [],
  );
  if (given.length === 0) return;
  const kept = await filesNamed(
    db,
    participant,
    given.map(({ value }) => value.file),
  );
  for (const { item, value } of given) {
    const same = kept.some(
      (file) =>
        file.id === value.file &&
        file.visit === visit.id &&
        file.instrument === instrument.id &&
        file.item === item &&
        file.name === value.name &&
        file.type === value.type &&
        file.size === value.size &&
        file.sha256 === value.sha256,
    );
    if (!same)
      throw notValid(`${value.name} was not uploaded for this item. Nothing was saved.`, [
        { path: `values.${item}`, message: 'Upload the file again' },
      ]);
  }
}
