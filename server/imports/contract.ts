import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idempotencyKey, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

const column = z.string().min(1).max(200);
const codes = z.record(z.string(), z.string()).describe('Cell → code; a cell that is not listed is refused.');
const dayFrom = z.union([z.strictObject({ column }), z.strictObject({ value: z.iso.date() })]);

/** How the columns of a CSV become participants, allocations and answers. */
export const importMapping = z.strictObject({
  participant: z
    .strictObject({ column })
    .describe('The participant ID; a bare number is numbered within its site.'),
  site: z
    .union([z.strictObject({ column, codes: codes.optional() }), z.strictObject({ value: identifier })])
    .optional()
    .describe('Where it is left out: by the participant ID, or the study’s only site.'),
  screenedOn: dayFrom.optional().describe('Where it is left out: the day of randomisation.'),
  randomisedOn: dayFrom.optional().describe('Needed where there is an arm: visits count from this day.'),
  arm: z
    .strictObject({ column, codes })
    .optional()
    .describe('Only for participants randomised elsewhere; an empty cell is someone who was not randomised.'),
  screening: z.array(z.strictObject({ field: identifier, column, codes: codes.optional() })).default([]),
  answers: z
    .array(
      z.strictObject({
        column,
        visit: identifier,
        instrument: identifier,
        item: identifier,
        codes: codes.optional(),
        missing: z.record(z.string(), identifier).default({}).describe('Cell → missing code.'),
      }),
    )
    .default([]),
  assessedOn: z
    .array(
      z.strictObject({
        column,
        visit: identifier,
        instrument: identifier.optional().describe('All of the visit’s forms where it is left out.'),
      }),
    )
    .default([])
    .describe('Days of assessment; a form without one is imported without.'),
  ignore: z.array(column).default([]).describe('Columns that are left out on purpose.'),
  delimiter: z.enum([',', ';', '\t', '|']).optional().describe('Found by itself where it is not given.'),
});
export type ImportMapping = z.infer<typeof importMapping>;

export const importReport = z.strictObject({
  rows: z.int().describe('Rows read, without the header.'),
  participants: z.int().describe('Registered, or given forms that they did not have.'),
  answers: z.int().describe('New answers; what is on record already with the same answer is left out.'),
  queries: z.int().describe('Queries that complete forms open by themselves about unusual answers and days.'),
  refused: z.array(
    z.strictObject({
      row: z.int().describe('1 is the header.'),
      column: z.string().nullable(),
      cell: z.string().nullable(),
      why: z.string(),
    }),
  ),
  refusedTotal: z.int().describe('All of them; the list stops at 1,000.'),
  written: z.boolean(),
});
export type ImportReport = z.infer<typeof importReport>;

export const runImport = endpoint({
  id: 'imports.run',
  method: 'post',
  path: '/api/studies/:study/imports',
  summary: 'Import a CSV: all or nothing; a dry run lists every row and cell that it would refuse and why',
  access: 'imports.run',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    csv: z.string(),
    file: z.string().trim().min(1).max(200).default('an uploaded file').describe('Its name, for the record.'),
    mapping: importMapping,
    dryRun: z.boolean(),
  }),
  reply: importReport,
});
