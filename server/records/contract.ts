import { z } from 'zod';
import type { Action } from '../access/table.ts';
import { endpoint } from '../http/endpoint.ts';
import {
  idempotencyKey,
  instant,
  participantCode,
  participantParams,
  reason,
  studyParams,
} from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

/** What every record carries beside its content. */
export const recordStamp = {
  id: z.string(),
  participant: participantCode.nullable().describe('Null for what is about a site as a whole.'),
  site: identifier,
  version: z.int().describe('Send it back with a change; a stale one is a conflict.'),
  struck: z.boolean().describe('Entered in error: kept, shown struck through, and counted nowhere.'),
  createdAt: instant,
  createdBy: z.string(),
  savedAt: instant,
  savedBy: z.string(),
};

export const recordParams = studyParams.extend({ record: z.string().min(1).max(60) });
const saved = z.strictObject({ id: z.string(), version: z.int() });

interface Family<Content extends z.ZodType> {
  /** In addresses, actions and the audit trail. */
  id: 'harms' | 'deviations' | 'medication' | 'sessions' | 'fidelity';
  /** As sentences call one: "an adverse event". */
  what: string;
  content: Content;
  read: Action;
  write: Action;
}

/** Adding one about a participant. */
export const addsTo = <Content extends z.ZodType>({ id, what, content, write }: Family<Content>) =>
  endpoint({
    id: `${id}.add`,
    method: 'post',
    path: `/api/studies/:study/participants/:participant/${id}`,
    summary: `Record ${what}`,
    access: write,
    params: participantParams,
    body: z.strictObject({ key: idempotencyKey, content }),
    reply: saved,
  });

/** A correction: a new version with a reason; the earlier ones stay. */
export const corrects = <Content extends z.ZodType>({ id, what, content, write }: Family<Content>) =>
  endpoint({
    id: `${id}.correct`,
    method: 'put',
    path: `/api/studies/:study/${id}/:record`,
    summary: `Correct ${what}, with a reason; earlier versions are kept`,
    access: write,
    params: recordParams,
    body: z.strictObject({ version: z.int(), reason, content }),
    reply: saved,
  });

export const strikes = ({ id, what, write }: Family<z.ZodType>) =>
  endpoint({
    id: `${id}.strike`,
    method: 'post',
    path: `/api/studies/:study/${id}/:record/strike`,
    summary: `Mark ${what} as entered in error; it stays on record, struck through`,
    access: write,
    params: recordParams,
    body: z.strictObject({ version: z.int(), reason }),
    reply: saved,
  });

export const tellsVersions = <Content extends z.ZodType>({ id, what, content, read }: Family<Content>) =>
  endpoint({
    id: `${id}.versions`,
    method: 'get',
    path: `/api/studies/:study/${id}/:record/versions`,
    summary: `Every version of ${what}, newest first, with who, when and why`,
    access: read,
    params: recordParams,
    reply: z.strictObject({
      versions: z.array(
        z.strictObject({
          version: z.int(),
          at: instant,
          by: z.string(),
          reason: z.string().nullable(),
          struck: z.boolean(),
          content,
        }),
      ),
    }),
  });

/** Which of them: of one participant, of one site. */
export const recordsQuery = z.strictObject({
  participant: participantCode.optional(),
  site: identifier.optional(),
});

/** Text that people write by hand. */
export const freeText = (most: number) => z.string().trim().max(most);
