import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, idempotencyKey, instant, participantCode, participantParams } from '../http/wire.ts';
import { fileType, identifier } from '../instruments/document.ts';

/** A file that was uploaded for an item (see `forms.upload`). */
export const fileValue = z.strictObject({
  file: z.uuid().describe('Its identifier on the server.'),
  name: z.string().min(1).max(200),
  type: fileType,
  size: z.int().positive().describe('Bytes.'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type FileValue = z.infer<typeof fileValue>;

/** An answer, or the explicit reason why there is none; an item that isn't there is blank, which is neither. */
export const itemValue = z.union([
  z.strictObject({
    value: z
      .union([z.number(), z.string().max(5000), z.array(z.int()).min(1).max(100), fileValue])
      .describe('A code, number, day (also 2026-03 or 2026), time or text; codes; or an uploaded file.'),
  }),
  z.strictObject({ missing: identifier }),
]);
export type ItemValue = z.infer<typeof itemValue>;
export type AnswerValue = Extract<ItemValue, { value: unknown }>['value'];
export const itemValues = z.record(identifier, itemValue);
export type ItemValues = z.infer<typeof itemValues>;

/** A value that a form's expressions read from outside it; null where it isn't known. */
export const factValue = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.array(z.number()),
  z.strictObject({ day: z.string().describe('2026-03-14, 2026-03 or 2026.') }),
  z.null(),
]);
export type FactValue = z.infer<typeof factValue>;

/** Reasons for unusual answers: by the item, or by the check that they don't meet. */
export const reasons = z.record(identifier, z.string().trim().min(3).max(500));
export type Reasons = z.infer<typeof reasons>;

export const formStatus = z.enum(['not-started', 'started', 'complete']);

export const scoreView = z.strictObject({
  score: identifier,
  label: z.string(),
  value: z.number().nullable(),
  max: z.number(),
  prorated: z.boolean(),
  band: z.string().nullable(),
  why: z.string().nullable().describe('Why there is no value.'),
});
export type ScoreView = z.infer<typeof scoreView>;

export const formSummary = z.strictObject({
  visit: identifier,
  instrument: identifier,
  short: z.string().describe('Its short name under its protocol version.'),
  studyVersion: z.int().describe('The protocol version that it was begun under, or would be.'),
  status: formStatus,
  answered: z.int(),
  items: z.int(),
  version: z.int().describe('0 before the first save.'),
  by: z.string().nullable(),
  at: instant.nullable(),
  scores: z.array(scoreView),
  openQueries: z.int(),
});
export type FormSummary = z.infer<typeof formSummary>;

export const formParams = participantParams.extend({ visit: identifier, instrument: identifier });

export const formView = formSummary.extend({
  participant: participantCode,
  assessedOn: day.nullable(),
  lateReason: z.string().nullable().describe('Why it was assessed outside the window.'),
  window: z.strictObject({ opens: day.nullable(), closes: day.nullable() }),
  values: itemValues,
  reasons: reasons.describe('Why unusual answers are right.'),
  facts: z
    .record(z.string(), factValue)
    .describe('What the form’s expressions read from outside it: days, screening, other forms.'),
  calculated: z
    .array(z.strictObject({ item: identifier, value: itemValue.nullable(), why: z.string().nullable() }))
    .describe('Calculated items that apply, from the answers above.'),
  reference: z
    .strictObject({ values: itemValues, scores: z.array(scoreView) })
    .nullable()
    .describe('The same instrument at baseline.'),
  alerts: z.array(
    z.strictObject({
      id: z.string(),
      item: identifier,
      value: z.int(),
      openedAt: instant,
      resolvedAt: instant.nullable(),
      steps: z.array(z.string()),
    }),
  ),
  mayEnter: z.boolean(),
});
export type FormView = z.infer<typeof formView>;

export const readForm = endpoint({
  id: 'forms.read',
  method: 'get',
  path: '/api/studies/:study/participants/:participant/visits/:visit/forms/:instrument',
  summary: 'The current version of a form with its computed scores',
  access: 'forms.read',
  params: formParams,
  reply: formView,
});

export const saveForm = endpoint({
  id: 'forms.save',
  method: 'put',
  path: '/api/studies/:study/participants/:participant/visits/:visit/forms/:instrument',
  summary: 'Append a version of a form; a stale version is a conflict and nothing is overwritten',
  access: 'forms.enter',
  params: formParams,
  body: z.strictObject({
    version: z.int().nonnegative().describe('The version that the change was made on; 0 for a new form.'),
    assessedOn: day.nullable().default(null),
    values: itemValues,
    reasons: reasons
      .optional()
      .describe(
        'Why unusual answers are right, all of them; what is on record stays where this is left out.',
      ),
    complete: z.boolean().default(false),
    reason: z.string().trim().max(500).optional().describe('Needed once the form is complete.'),
    lateReason: z.string().trim().max(500).optional().describe('Needed outside the visit window.'),
  }),
  reply: formView,
});

export const uploadFile = endpoint({
  id: 'forms.upload',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/visits/:visit/forms/:instrument/files',
  summary:
    'Keep a file for an item of the form; it is the answer once the form is saved with what this replies',
  access: 'forms.enter',
  params: formParams,
  body: z.strictObject({
    key: idempotencyKey,
    item: identifier,
    name: z.string().trim().min(1).max(200),
    type: fileType,
    content: z.base64().min(4).max(14_000_000).describe('The bytes in base64; at most 10 MB.'),
  }),
  reply: fileValue,
});

export const downloadFile = endpoint({
  id: 'forms.file',
  method: 'get',
  path: '/api/studies/:study/participants/:participant/visits/:visit/forms/:instrument/files/:file',
  summary: 'An uploaded file, byte for byte',
  access: 'forms.read',
  params: formParams.extend({ file: z.string().min(1).max(60) }),
  produces: 'application/octet-stream',
});

export const formVersions = endpoint({
  id: 'forms.versions',
  method: 'get',
  path: '/api/studies/:study/participants/:participant/visits/:visit/forms/:instrument/versions',
  summary: 'Every version of a form: who, when, why and which answers changed',
  access: 'forms.read',
  params: formParams,
  reply: z.strictObject({
    versions: z.array(
      z.strictObject({
        version: z.int(),
        at: instant,
        by: z.string(),
        reason: z.string().nullable(),
        status: formStatus,
        studyVersion: z.int(),
        reasons,
        changed: z.array(
          z.strictObject({ item: identifier, before: itemValue.nullable(), after: itemValue.nullable() }),
        ),
      }),
    ),
  }),
});
