import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { instant, pageQuery, studyParams } from '../http/wire.ts';

export const auditEntry = z.strictObject({
  seq: z.int(),
  at: instant,
  by: z.string(),
  role: z.string().nullable(),
  action: z.string(),
  subject: z.string(),
  before: z.unknown().nullable(),
  after: z.unknown().nullable(),
  reason: z.string().nullable(),
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const listAudit = endpoint({
  id: 'audit.list',
  method: 'get',
  path: '/api/studies/:study/audit',
  summary: 'The audit trail, newest first; allocations appear without their arm',
  access: 'audit.read',
  params: studyParams,
  query: z.strictObject({
    ...pageQuery,
    subject: z.string().max(80).optional(),
    action: z.string().max(60).optional(),
  }),
  reply: z.strictObject({ rows: z.array(auditEntry), total: z.int() }),
});
