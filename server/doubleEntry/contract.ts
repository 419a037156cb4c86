import { z } from 'zod';
import { formParams, formView, itemValue, itemValues } from '../forms/contract.ts';
import { endpoint } from '../http/endpoint.ts';
import { day, idempotencyKey, instant, pageQuery, participantCode, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import { ASSESSED_ON } from './rules.ts';

export const entryState = z
  .enum(['waiting', 'started', 'differs', 'agrees', 'adjudicated'])
  .describe(
    'waiting: for a second entry; started: it is under way; differs: the two differ somewhere and nobody has decided; agrees: they are the same; adjudicated: decided.',
  );
export type EntryState = z.infer<typeof entryState>;

export const listDoubleEntry = endpoint({
  id: 'double-entry.list',
  method: 'get',
  path: '/api/studies/:study/double-entry',
  summary: 'Complete forms that the protocol wants entered twice, and how far each is',
  access: 'double-entry.read',
  params: studyParams,
  query: z.strictObject({
    ...pageQuery,
    show: z.enum(['mine', 'unsettled', 'all', ...entryState.options]).default('unsettled'),
    site: identifier.optional(),
  }),
  reply: z.strictObject({
    declared: z.boolean().describe('Whether the protocol wants any form entered twice.'),
    rows: z.array(
      z.strictObject({
        participant: participantCode,
        site: identifier,
        visit: identifier,
        instrument: identifier,
        state: entryState,
        firstAt: instant.describe('When the first entry was last saved.'),
        secondBy: z.string().nullable(),
        secondAt: instant.nullable(),
        differences: z
          .int()
          .nullable()
          .describe('Fields that nobody has decided yet; null while entry goes on.'),
        mayEnter: z.boolean(),
        mayAdjudicate: z.boolean(),
      }),
    ),
    total: z.int(),
    mine: z.int().describe('How many wait for the caller: to enter, or to decide.'),
    counts: z.strictObject({
      waiting: z.int(),
      started: z.int(),
      differs: z.int(),
      agrees: z.int(),
      adjudicated: z.int(),
    }),
  }),
});

const path = '/api/studies/:study/participants/:participant/visits/:visit/forms/:instrument/second-entry';

export const readSecondEntry = endpoint({
  id: 'double-entry.read',
  method: 'get',
  path,
  summary: 'The second entry of a form, for whoever enters it; nothing of the first entry',
  access: 'double-entry.enter',
  params: formParams,
  reply: formView,
});

export const saveSecondEntry = endpoint({
  id: 'double-entry.save',
  method: 'put',
  path,
  summary: 'Append a version of the second entry; complete, it is compared with the first',
  access: 'double-entry.enter',
  params: formParams,
  body: z.strictObject({
    version: z.int().nonnegative(),
    assessedOn: day.nullable().default(null),
    values: itemValues,
    complete: z.boolean().default(false),
  }),
  reply: formView,
});

export const choice = z.enum(['first', 'second', 'other']);
export type Choice = z.infer<typeof choice>;

export const decision = z.strictObject({
  field: identifier.describe(`An item, or ${ASSESSED_ON} for the date of assessment.`),
  choice,
  value: itemValue
    .nullable()
    .optional()
    .describe('The value that stands, where it is neither of the two; null is blank.'),
  reason: z.string().trim().min(3).max(300).optional().describe('Needed where it is neither of the two.'),
});
export type Decision = z.infer<typeof decision>;

export const comparison = z.strictObject({
  participant: participantCode,
  site: identifier,
  visit: identifier,
  instrument: identifier,
  state: entryState,
  studyVersion: z.int().describe('The protocol version that both entries are under.'),
  formVersion: z.int(),
  entryVersion: z.int(),
  firstBy: z.array(z.string()),
  secondBy: z.string(),
  compared: z.int().describe('Fields compared.'),
  changedSince: z.boolean().describe('The form was changed after the two entries were compared.'),
  fields: z.array(
    z.strictObject({
      field: identifier,
      first: itemValue.nullable(),
      second: itemValue.nullable(),
      decided: z
        .strictObject({
          choice,
          value: itemValue.nullable(),
          reason: z.string().nullable(),
          by: z.string(),
          at: instant,
        })
        .nullable(),
    }),
  ),
  mayAdjudicate: z.boolean(),
  why: z.string().nullable().describe('Why the caller may not decide.'),
});
export type Comparison = z.infer<typeof comparison>;

export const compareEntries = endpoint({
  id: 'double-entry.compare',
  method: 'get',
  path: `${path}/comparison`,
  summary: 'Both entries side by side where they differ, and what was decided',
  access: 'double-entry.adjudicate',
  params: formParams,
  reply: comparison,
});

export const adjudicate = endpoint({
  id: 'double-entry.adjudicate',
  method: 'post',
  path: `${path}/adjudication`,
  summary: 'Decide which value stands; with the last difference decided the form gets its new version',
  access: 'double-entry.adjudicate',
  params: formParams,
  body: z.strictObject({
    key: idempotencyKey,
    formVersion: z.int().positive(),
    decisions: z.array(decision).max(500),
    lateReason: z
      .string()
      .trim()
      .min(3)
      .max(500)
      .optional()
      .describe('Needed where the date that stands is outside the window.'),
  }),
  reply: comparison,
});

const rate = z.strictObject({
  compared: z.int(),
  differed: z.int(),
  firstWrong: z.int().describe('Decided against the first entry.'),
  secondWrong: z.int().describe('Decided against the second entry.'),
  undecided: z.int(),
});

export const doubleEntryStatistics = endpoint({
  id: 'double-entry.statistics',
  method: 'get',
  path: '/api/studies/:study/double-entry-statistics',
  summary: 'How often two entries differed, by form and by field',
  access: 'double-entry.adjudicate',
  params: studyParams,
  reply: z.strictObject({
    forms: z.array(
      rate.extend({
        instrument: identifier,
        entries: z.int().describe('Forms that were entered twice.'),
        fields: z.array(rate.extend({ field: identifier })).describe('Those that ever differed.'),
      }),
    ),
  }),
});
