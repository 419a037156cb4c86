import { reaches } from '../../access/rules.ts';
import { appendAudit } from '../../audit/append.ts';
import { conflict, notAllowed, notFound, notValid } from '../../errors.ts';
import { once } from '../../http/once.ts';
import { receivedFile } from '../../http/received.ts';
import type { Caller, Services } from '../../services.ts';
import { approvalsOf } from '../store.ts';
import type { ApprovalDocument } from './contract.ts';
import { LETTER_MEGABYTES, type LetterType } from './letter.rules.ts';
import { documentWithContent, insertDocument } from './store.ts';

interface Letter {
  key: string;
  name: string;
  type: LetterType;
  /** Base64. */
  content: string;
}

interface OfSite {
  number: number;
  site: string;
}

/** Keeps the document of an approval that is on record, once for each key, with its audit entry. */
export async function attachApproval(
  services: Services,
  caller: Caller,
  { number, site }: OfSite,
  { key, ...letter }: Letter,
): Promise<ApprovalDocument> {
  const { study, user } = caller;
  const { bytes, ...file } = receivedFile(letter);
  if (file.size > LETTER_MEGABYTES * 1e6)
    throw notValid(
      `${file.name} has ${(file.size / 1e6).toFixed(1)} MB; at most ${LETTER_MEGABYTES} are kept. Nothing was kept.`,
    );
  const payload = { number, site, name: file.name, sha256: file.sha256 };
  const act = { user, study: study.id, endpoint: 'studies.attach-approval', key, payload };
  return once(services, act, async (tx) => {
    const approval = (await approvalsOf(tx, study.id)).find(
      (one) => one.number === number && one.site === site,
    );
    if (!reaches(caller.sites, site)) throw notAllowed('You record no approvals of this site.');
    if (!approval)
      throw conflict('This site has no approval of the version on record yet. Record the approval first.');
    const at = services.now().toISOString();
    const id = crypto.randomUUID();
    await insertDocument(tx, {
      id,
      study_id: study.id,
      number,
      site,
      ...file,
      content: bytes,
      uploaded_at: at,
      uploaded_by: user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'studies.attach-approval',
      subject: `study:${study.id}`,
      after: { version: number, site, document: id, ...file },
      changesData: false,
    });
    return { id, ...file, type: letter.type, uploadedBy: user.name, uploadedAt: at };
  });
}

/** @throws Refused (not found) where the approval has no such document */
export async function readApprovalDocument(
  services: Services,
  { study }: Caller,
  of: OfSite & { id: string },
) {
  const document = await documentWithContent(services.db.read, { study: study.id, ...of });
  if (!document) throw notFound('The document');
  return document;
}
