import { z } from 'zod';

/** Identifiers in documents: lower case, digits and hyphens, so that they are safe in a URL, a CSV header and a file name. */
export const identifier = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and hyphens (at most 40)');

const option = z
  .strictObject({
    value: z.int().describe('The code that is stored.'),
    label: z.string().min(1).describe('What the code means: the anchor that the rater reads.'),
    scores: z
      .int()
      .optional()
      .describe('What the code adds to a score when that is not its value (HAM-D17 item 16, code 3).'),
  })
  .describe('One answer of a choice item.');

/** An expression; see docs/decisions/0005-expressions.md for its names and functions. */
export const expression = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .describe(
    'An expression in FEEL (DMN): items by their id with _ for -, item_ before a leading digit, such as weight / (height / 100) ** 2.',
  );

const itemBase = {
  id: identifier,
  label: z.string().min(1).describe('Short name, as a folded row shows it.'),
  text: z.string().optional().describe('The question or the instruction in full.'),
  showWhen: expression
    .optional()
    .describe(
      'The item applies only while this is true; hidden, it is not required. Of a section: all of its items.',
    ),
};
const answered = {
  ...itemBase,
  required: z.boolean().default(true).describe('Whether the form can be complete without it.'),
};
const unanswered = {
  ...itemBase,
  required: z.literal(false).default(false).describe('Nobody answers it.'),
};

const range = z
  .strictObject({ min: z.number().optional(), max: z.number().optional() })
  .describe('Values outside are possible but need a reason, which becomes a query.');

export const choiceItem = z.strictObject({
  ...answered,
  kind: z.literal('choice'),
  options: z.array(option).min(2),
});
export const choicesItem = z
  .strictObject({
    ...answered,
    kind: z.literal('choices'),
    options: z
      .array(
        z.strictObject({
          value: z.int().describe('The code that is stored.'),
          label: z.string().min(1),
          exclusive: z.boolean().optional().describe('Chosen alone: "None of these".'),
        }),
      )
      .min(2),
  })
  .describe('Any number of the options; stored as a list of codes.');
export const numberItem = z.strictObject({
  ...answered,
  kind: z.literal('number'),
  min: z.number().describe('Values below are impossible.'),
  max: z.number().describe('Values above are impossible.'),
  integer: z.boolean().default(true).describe('Whether it takes whole numbers only.'),
  unit: z.string().optional(),
  expect: range.optional(),
});
export const sliderItem = z
  .strictObject({
    ...answered,
    kind: z.literal('slider'),
    min: z.number().default(0),
    max: z.number().default(100),
    step: z.number().positive().default(1),
    low: z.string().min(1).describe('What the left end means.'),
    high: z.string().min(1).describe('What the right end means.'),
    unit: z.string().optional(),
    expect: range.optional(),
  })
  .describe('A visual analogue scale; blank until it is touched.');
export const dateItem = z.strictObject({
  ...answered,
  kind: z.literal('date'),
  partial: z
    .array(z.enum(['month', 'year']))
    .min(1)
    .optional()
    .describe('What is accepted where the day is not known: a month (2026-03), a year (2026), or both.'),
});
export const timeItem = z
  .strictObject({ ...answered, kind: z.literal('time') })
  .describe('A time of day on the 24-hour clock, such as 08:30.');
export const textItem = z.strictObject({
  ...answered,
  kind: z.literal('text'),
  maxLength: z.int().positive().max(5000).default(500),
  lines: z.int().min(1).max(20).optional().describe('Lines that the field shows; 1 where it is left out.'),
});
/** Media types that a file item can take: what a browser shows or a statistics program reads; nothing that runs. */
export const fileType = z.enum(['application/pdf', 'image/jpeg', 'image/png', 'text/plain', 'text/csv']);
export const fileItem = z
  .strictObject({
    ...answered,
    kind: z.literal('file'),
    types: z.array(fileType).min(1).default(['application/pdf', 'image/jpeg', 'image/png']),
    maxMegabytes: z.number().positive().max(10).default(5),
  })
  .describe('One uploaded file: a scan, a photograph, a laboratory report.');
export const calculatedItem = z
  .strictObject({
    ...unanswered,
    kind: z.literal('calculated'),
    expression,
    gives: z.enum(['number', 'text', 'date', 'yes-no']).default('number'),
    decimals: z
      .int()
      .min(0)
      .max(10)
      .optional()
      .describe('To how many decimals a number is rounded, half up.'),
    unit: z.string().optional(),
    min: z.number().optional().describe('Least number it can be; with max, it may be part of a score.'),
    max: z.number().optional(),
  })
  .describe('Derived from other answers whenever it is looked at; never entered and never stored.');
export const descriptiveItem = z
  .strictObject({ ...unanswered, kind: z.literal('descriptive') })
  .describe('Words to read between items; it takes no answer.');
export const sectionItem = z
  .strictObject({ ...unanswered, kind: z.literal('section') })
  .describe('A heading; it groups the items from here to the next section.');

export const item = z.discriminatedUnion('kind', [
  choiceItem,
  choicesItem,
  numberItem,
  sliderItem,
  dateItem,
  timeItem,
  textItem,
  fileItem,
  calculatedItem,
  descriptiveItem,
  sectionItem,
]);

export type Item = z.infer<typeof item>;
export type ChoiceItem = z.infer<typeof choiceItem>;
export type ItemOf<Kind extends Item['kind']> = Extract<Item, { kind: Kind }>;
