import { z } from 'zod';
import { translations } from '../documents/document.ts';
import { expression, identifier, item } from './items/document.ts';

export * from './items/document.ts';

const check = z
  .strictObject({
    id: identifier,
    when: expression.optional().describe('The check applies only where this is true.'),
    that: expression.describe(
      'What has to hold. Where an answer that it needs is not there, the check does not apply.',
    ),
    message: z
      .string()
      .min(1)
      .max(300)
      .describe('What is wrong where it does not hold, in words for the person.'),
    severity: z
      .enum(['hard', 'soft'])
      .describe('hard: the form can’t be complete. soft: it needs a reason, which becomes a query.'),
  })
  .describe('Answers that must agree with each other.');
export const instrumentCheck = check.extend({
  items: z
    .array(identifier)
    .min(1)
    .optional()
    .describe('Where the message stands; by itself at the items that it names.'),
});
export const studyCheck = check;

const component = z.union(
  [
    identifier,
    z.strictObject({ max: z.array(identifier).min(1) }).describe('The highest of these items (QIDS).'),
  ],
  'expected an item’s id in quotes, or { max: […] }',
);

const band = z
  .strictObject({ from: z.number(), to: z.number(), label: z.string().min(1) })
  .describe('Both ends inside.');

export const score = z
  .strictObject({
    id: identifier,
    label: z.string().min(1),
    of: z
      .union([z.literal('all'), z.array(component).min(1)])
      .default('all')
      .describe('Which items are added up: all, or a list in which {max: […]} takes the highest of some.'),
    times: z.number().positive().default(1).describe('The sum is multiplied by this (WHO-5: 4).'),
    min: z.number(),
    max: z.number(),
    better: z.enum(['lower', 'higher']),
    missing: z
      .discriminatedUnion('rule', [
        z.strictObject({ rule: z.literal('none') }),
        z.strictObject({ rule: z.literal('mean'), atMost: z.int().positive() }),
      ])
      .default({ rule: 'none' })
      .describe(
        'none: a missing item makes the score missing. mean: up to atMost missing items take the mean of the others; the score stays unrounded and is flagged.',
      ),
    bands: z
      .array(z.strictObject({ id: identifier, source: z.string(), cuts: z.array(band).min(2) }))
      .default([])
      .describe('Published severity bands; a protocol chooses one set by its id.'),
  })
  .describe('A total, derived from items and never entered.');

const safetyRule = z.strictObject({
  item: identifier,
  atLeast: z.int().describe('The alert is raised from this score of the item.'),
  steps: z.array(z.string().min(1)).min(1).describe('What the protocol asks the rater to do at once.'),
});

export const instrumentDocument = z
  .strictObject({
    equipoise: z.literal(1).describe('Version of this document format.'),
    id: identifier,
    short: z.string().min(1).max(20).describe('HAM-D17'),
    title: z.string().min(1),
    version: z.string().default('1'),
    rater: z.enum(['clinician', 'participant', 'staff']).describe('Who answers.'),
    recall: z.string().optional().describe('The period that answers are about: "past week".'),
    instruction: z.string().optional().describe('Shown above the first item.'),
    licence: z.string().min(1).describe('Under which terms the item text may be shown.'),
    source: z.string().min(1).describe('The publication that the items and the key are from.'),
    textShipped: z
      .boolean()
      .default(true)
      .describe('False where only scoring ships and a site supplies its licensed copy.'),
    cdisc: z
      .strictObject({
        domain: z.enum(['QS', 'RS', 'FT']),
        category: z.string(),
        items: z.record(identifier, z.string()).default({}),
        scores: z.record(identifier, z.string()).default({}),
      })
      .optional()
      .describe('CDISC controlled terminology, for exports.'),
    items: z.array(item).min(1).describe('In the order in which they are entered.'),
    scores: z.array(score).default([]).describe('Totals; none for a plain case report form.'),
    safety: z
      .array(safetyRule)
      .default([])
      .describe('Answers that raise an alert at once, whatever the total.'),
    checks: z.array(instrumentCheck).optional(),
    translations,
  })
  .describe('An instrument or case report form: items, ranges, scoring, bands, licence, source.');

export type InstrumentDocument = z.infer<typeof instrumentDocument>;
export type InstrumentCheck = z.infer<typeof instrumentCheck>;
export type StudyCheck = z.infer<typeof studyCheck>;
export type Score = z.infer<typeof score>;
