import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import {
  day,
  idempotencyKey,
  instant,
  pageQuery,
  participantCode,
  reason,
  studyParams,
} from '../http/wire.ts';
import { roleName } from '../studies/document.ts';
import { REVIEW_OUTCOMES } from './outcomes.rules.ts';

export const auditEntry = z.strictObject({
  seq: z.int().describe('For a blinded role the number among the entries that it may read.'),
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

const filters = {
  subject: z.string().max(80).optional().describe('Exact, or its beginning where it ends with a star.'),
  action: z.string().max(60).optional(),
  person: z.string().max(80).optional().describe('Part of the name of whoever did it.'),
  role: roleName.optional(),
  participant: participantCode.optional().describe('The person and everything of theirs.'),
  from: day.optional().describe('First day, where the study runs.'),
  until: day.optional().describe('Last day.'),
  text: z.string().max(80).optional().describe('Words of the subject, the values or the reason.'),
};

export const listAudit = endpoint({
  id: 'audit.list',
  method: 'get',
  path: '/api/studies/:study/audit',
  summary: 'The audit trail, newest first; allocations appear without their arm',
  access: 'audit.read',
  params: studyParams,
  query: z.strictObject({ ...pageQuery, ...filters }),
  reply: z.strictObject({
    rows: z.array(
      auditEntry.extend({
        subjectName: z.string().nullable().describe('The person’s name, where the subject is an account.'),
      }),
    ),
    total: z.int(),
  }),
});

export type AuditQuestion = Omit<z.output<NonNullable<typeof listAudit.query>>, 'page' | 'size'>;

export const exportAuditCsv = endpoint({
  id: 'audit.csv',
  method: 'get',
  path: '/api/studies/:study/exports/audit.csv',
  summary: 'The audit trail as CSV, oldest first, under the same filters',
  access: 'audit.read',
  params: studyParams,
  query: z.strictObject(filters),
  produces: 'text/csv',
});

export const exportAuditJson = endpoint({
  id: 'audit.json',
  method: 'get',
  path: '/api/studies/:study/exports/audit.json',
  summary: 'The audit trail as JSON; without filters it is whole and `equipoise audit verify` checks it',
  access: 'audit.read',
  params: studyParams,
  query: z.strictObject(filters),
  produces: 'application/json',
});

const text = (most: number) => z.string().trim().min(3).max(most);

export const reviewOutcome = z.enum(REVIEW_OUTCOMES);
export type ReviewOutcome = z.infer<typeof reviewOutcome>;

export const reviewPlan = z.strictObject({
  id: z.string(),
  version: z.int(),
  scope: z.string(),
  reviewer: z.string(),
  everyDays: z.int(),
  lastReviewed: day.nullable().describe('Last day that a review under the plan went up to.'),
  due: day.nullable().describe('Null: the plan has ended.'),
  overdueDays: z.int().describe('0: not overdue.'),
  endedAt: instant.nullable(),
});
export type ReviewPlan = z.infer<typeof reviewPlan>;

export const auditReview = z.strictObject({
  id: z.string(),
  plan: z.string().nullable(),
  scope: z.string().nullable(),
  from: day,
  until: day,
  lookedAt: z.string(),
  outcome: reviewOutcome,
  findings: z.string(),
  at: instant,
  by: z.string(),
});
export type AuditReview = z.infer<typeof auditReview>;

export const listReviews = endpoint({
  id: 'audit.reviews',
  method: 'get',
  path: '/api/studies/:study/audit-reviews',
  summary: 'Planned reviews of the audit trail, when each is due, and those that were done',
  access: 'audit.read',
  params: studyParams,
  reply: z.strictObject({ today: day, plans: z.array(reviewPlan), reviews: z.array(auditReview) }),
});

export const planReview = endpoint({
  id: 'audit.plan',
  method: 'post',
  path: '/api/studies/:study/audit-review-plans',
  summary: 'Plan reviews of the audit trail: what, by whom, how often',
  access: 'audit.plan',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    scope: text(300).describe('What is gone through.'),
    reviewer: text(120).describe('Who is to do it.'),
    everyDays: z.int().min(1).max(730),
    firstDue: day,
  }),
  reply: z.strictObject({ id: z.string() }),
});

export const endReviewPlan = endpoint({
  id: 'audit.end-plan',
  method: 'post',
  path: '/api/studies/:study/audit-review-plans/:plan/end',
  summary: 'End a plan of reviews, with a reason; what was reviewed stays',
  access: 'audit.plan',
  params: studyParams.extend({ plan: z.string().max(64) }),
  body: z.strictObject({ version: z.int().positive(), reason }),
  reply: z.strictObject({ version: z.int() }),
});

export const recordReview = endpoint({
  id: 'audit.review',
  method: 'post',
  path: '/api/studies/:study/audit-reviews',
  summary: 'Record that the trail of some days was gone through, and what was found',
  access: 'audit.review',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    plan: z.string().max(64).optional(),
    from: day,
    until: day,
    lookedAt: text(1000),
    outcome: reviewOutcome,
    findings: z.string().trim().max(2000).default(''),
  }),
  reply: z.strictObject({ id: z.string() }),
});
export type Review = z.output<NonNullable<typeof recordReview.body>>;
