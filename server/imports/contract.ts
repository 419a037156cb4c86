import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idempotencyKey, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';

const column = z.string().min(1).max(200);
const codes = z.record(z.string(), z.string()).describe('Cell → code; a cell that is not listed is refused.');

/** How the columns of a CSV become participants, allocations and answers. */
export const importMapping = z.strictObject({
  participant: z
    .strictObject({ column })
    .describe('The participant ID; a bare number is numbered within its site.'),
  site: z
    .union([z.strictObject({ column, codes: codes.optional() }), z.strictObject({ value: identifier })])
    .optional(),
  screenedOn: z.union([z.strictObject({ column }), z.strictObject({ value: z.iso.date() })]).optional(),
  randomisedOn: z.union([z.strictObject({ column }), z.strictObject({ value: z.iso.date() })]).optional(),
  arm: z.strictObject({ column, codes }).optional().describe('Only for participants randomised elsewhere.'),
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
  ignore: z.array(column).default([]).describe('Columns that are left out on purpose.'),
  delimiter: z.enum([',', ';', '\t', '|']).optional().describe('Found by itself where it is not given.'),
});
export type ImportMapping = z.infer<typeof importMapping>;

export const importReport = z.strictObject({
  rows: z.int(),
  participants: z.int(),
  answers: z.int(),
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
    mapping: importMapping,
    dryRun: z.boolean(),
  }),
  reply: importReport,
});
