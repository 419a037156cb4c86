import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { idempotencyKey, instant, versionParams } from '../../http/wire.ts';
import { identifier } from '../../instruments/document.ts';
import { LETTER_MEGABYTES, letterTypes } from './letter.rules.ts';

export const approvalDocument = z.strictObject({
  id: z.string(),
  name: z.string(),
  type: z.enum(letterTypes),
  size: z.int().describe('Bytes.'),
  sha256: z.string(),
  uploadedBy: z.string(),
  uploadedAt: instant,
});
export type ApprovalDocument = z.infer<typeof approvalDocument>;

const approvalParams = versionParams.extend({ site: identifier });
const path = '/api/studies/:study/versions/:number/approvals/:site/documents';

export const attachApproval = endpoint({
  id: 'studies.attach-approval',
  method: 'post',
  path,
  summary: 'Keep the document of a site’s approval with it; documents are added, never replaced',
  access: 'protocol.approve',
  params: approvalParams,
  body: z.strictObject({
    key: idempotencyKey,
    name: z.string().trim().min(1).max(200),
    type: z.enum(letterTypes),
    content: z
      .base64()
      .min(4)
      .max(14_000_000)
      .describe(`The bytes in base64; at most ${LETTER_MEGABYTES} MB.`),
  }),
  reply: approvalDocument,
});

export const downloadApproval = endpoint({
  id: 'studies.approval-document',
  method: 'get',
  path: `${path}/:document`,
  summary: 'A document of a site’s approval, byte for byte',
  access: 'study.read',
  params: approvalParams.extend({ document: z.string().min(1).max(60) }),
  produces: 'application/octet-stream',
});

export const readSource = endpoint({
  id: 'studies.source',
  method: 'get',
  path: '/api/studies/:study/versions/:number/source',
  summary: 'A protocol version on record as YAML, to be compared line by line',
  access: 'study.read',
  params: versionParams,
  reply: z.strictObject({
    version: z.int(),
    text: z.string().describe('Without comments, and without an uploaded allocation list.'),
  }),
});
