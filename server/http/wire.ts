import { z } from 'zod';
import { identifier } from '../instruments/document.ts';

/** Pieces that contracts of several domains share. */

export const studyParams = z.strictObject({ study: identifier });
/** Of one protocol version; no database is asked for a number that it can’t hold. */
export const versionParams = studyParams.extend({
  number: z.string().regex(/^[1-9]\d{0,8}$/, 'the number of a version, such as 2'),
});
export const participantCode = z.string().regex(/^[A-Z]{2,6}-\d{4,6}$/, 'such as LOH-0118');
export const participantParams = z.strictObject({ study: identifier, participant: participantCode });

/** Time stamps are made by the server, in UTC. */
export const instant = z.iso.datetime();
export const day = z.iso.date();

/** A day of which only the year, or the year and the month, may be known: 2026, 2026-03 or 2026-03-14. */
export const partialDay = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'YYYY, YYYY-MM or YYYY-MM-DD')
  .refine((text) => day.safeParse(`${text}-01-01`.slice(0, 10)).success, 'no such day');

export const idempotencyKey = z
  .uuid()
  .describe(
    'Made by the client once for each intended act; a retry with the same key returns the first result.',
  );

export const reason = z.string().trim().min(3).max(500);

export const pageQuery = {
  page: z.coerce.number().int().min(1).default(1),
  size: z.coerce.number().int().min(1).max(500).default(100),
};

export const person = z.strictObject({ id: z.string(), name: z.string(), initials: z.string() });

/** The body of every refusal. */
export const refusal = z.strictObject({
  error: z.enum([
    'not-valid',
    'not-signed-in',
    'not-allowed',
    'not-found',
    'conflict',
    'too-large',
    'too-many',
    'stopping',
    'internal',
  ]),
  message: z.string().describe('What happened, what is kept, what to do.'),
  reference: z.string().describe('Quote it to support; the server log has it too.'),
  issues: z
    .array(z.strictObject({ path: z.string(), message: z.string() }))
    .optional()
    .describe('Field by field, where a request was not valid.'),
  current: z.unknown().optional().describe('The current state, where a request was in conflict with it.'),
});
export type Refusal = z.infer<typeof refusal>;
