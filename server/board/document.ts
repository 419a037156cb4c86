import { z } from 'zod';
import { day, instant } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import { resultRow } from '../results/contract.ts';

const label = z.string();
const maybe = z.number().nullable();

/** What a snapshot is of. */
export const snapshotHead = z.strictObject({
  equipoise: z.literal('board-snapshot/1'),
  study: z.strictObject({ id: identifier, code: z.string(), title: z.string(), short: z.string() }),
  synthetic: z.string().nullable().describe('What the data are, where nobody in them exists.'),
  number: z.int().describe('Snapshots of a study are counted from 1.'),
  cutOff: instant.describe('Of the last change of data that it includes.'),
  preparedAt: instant,
  preparedBy: z.string(),
  note: z.string(),
  participants: z.int(),
  studyVersion: z.int(),
  codeVersion: z.string(),
});
export type SnapshotHead = z.infer<typeof snapshotHead>;

const reasonCount = z.strictObject({ label, count: z.int() });
const flow = z.strictObject({
  asOf: day,
  assessed: z.int(),
  excluded: z.int(),
  excludedReasons: z.array(reasonCount),
  awaiting: z.int(),
  randomised: z.int(),
  arms: z.array(
    z.strictObject({
      arm: z.string(),
      label,
      allocated: z.int(),
      received: z.int(),
      neverStarted: z.int(),
      visits: z.array(
        z.strictObject({
          visit: identifier,
          label,
          assessed: z.int(),
          lost: z.int(),
          reasons: z.array(reasonCount),
          awaited: z.int(),
        }),
      ),
      analysed: z.int(),
      notAnalysed: z.int(),
      complete: z.int(),
    }),
  ),
});

const cumulative = z.strictObject({ on: day, count: z.int() });
const recruitment = z.strictObject({
  target: z.int(),
  count: z.int(),
  asOf: day,
  series: z.array(cumulative),
  planned: z.tuple([cumulative, cumulative]).nullable(),
  finishedOn: day.nullable(),
  forecast: z
    .strictObject({
      level: z.number(),
      recent: z.int(),
      windowDays: z.int(),
      points: z.array(z.strictObject({ on: day, median: z.number(), lower: z.number(), upper: z.number() })),
      reached: z.strictObject({ median: day.nullable(), earliest: day.nullable(), latest: day.nullable() }),
    })
    .nullable(),
});

const baselineCell = z.union([
  z.strictObject({
    kind: z.literal('number'),
    n: z.int(),
    mean: maybe,
    sd: maybe,
    median: maybe,
    lower: maybe,
    upper: maybe,
  }),
  z.strictObject({ kind: z.literal('count'), count: z.int(), of: z.int() }),
]);
const baseline = z.array(
  z.strictObject({ label, level: z.string().nullable(), cells: z.array(baselineCell) }),
);

/** Those affected, among those randomised: a row, and a cell for each arm. */
const armCount = z.strictObject({
  count: z.int().describe('Participants.'),
  of: z.int(),
  events: z.int().nullable().describe('Null where events aren’t counted.'),
  lower: maybe.describe('Wilson’s interval.'),
  upper: maybe,
});
export const countRow = z.strictObject({ label, cells: z.array(armCount) });
export type CountRow = z.infer<typeof countRow>;

const counted = z.strictObject({ label, count: z.int(), of: z.int() });

/** Pooled over the arms: nothing in it was read by arm. */
export const openPart = z.strictObject({
  recruitment,
  sites: z.array(z.strictObject({ label, target: z.int().nullable(), randomised: z.int() })),
  flow,
  completeness: z.array(counted),
  timeliness: z.array(
    z.strictObject({
      label,
      inside: z.int(),
      of: z.int(),
      median: maybe.describe('Days from the target day; negative: before it.'),
    }),
  ),
  baseline,
  safety: z.array(countRow),
  deviations: z.array(z.strictObject({ label, minor: z.int(), major: z.int() })),
  withdrawals: z.array(countRow),
  lossReasons: z.array(reasonCount),
});
export type OpenPart = z.infer<typeof openPart>;

const outcome = z.strictObject({
  id: identifier,
  label,
  kind: z.enum(['response', 'threshold', 'change']),
  measure: z.string(),
  better: z.enum(['lower', 'higher']).optional(),
  fall: z.number().optional(),
  atMost: z.number().optional(),
  atLeast: z.number().optional(),
});

/** By arm, and each arm behind its letter. */
export const closedPart = z.strictObject({
  salt: z.string().describe('At random, so that nobody can try out closed parts against the hash of theirs.'),
  arms: z.array(z.strictObject({ letter: z.string(), participants: z.int() })),
  visits: z.array(
    z.strictObject({
      id: identifier,
      label,
      day: z.number(),
      baseline: z.boolean(),
      closes: z.number().optional(),
    }),
  ),
  level: z.number(),
  missing: z.enum(['observed', 'non-response']),
  outcomes: z.array(outcome),
  rows: z.array(resultRow),
  atBaseline: z.record(z.string(), z.record(z.string(), z.int())).describe('Measure → letter → n.'),
  followUp: z.array(
    z.strictObject({
      label,
      cells: z.array(z.strictObject({ assessed: z.int(), lost: z.int(), awaited: z.int() })),
    }),
  ),
  baseline,
  harms: z.array(countRow),
  seriousEvents: z.array(
    z.strictObject({
      letter: z.string(),
      term: z.string(),
      severity: z.int(),
      related: z.boolean(),
      outcome: z.string(),
      day: z.int().nullable().describe('From randomisation; null where the day isn’t fully known.'),
    }),
  ),
  withdrawals: z.array(countRow),
  intercurrent: z.array(countRow),
});
export type ClosedPart = z.infer<typeof closedPart>;

export const snapshotContent = z.strictObject({ head: snapshotHead, open: openPart, closed: closedPart });
export type SnapshotContent = z.infer<typeof snapshotContent>;

const sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'SHA-256 in hexadecimal')
  .describe('SHA-256, in hexadecimal.');

/** A snapshot as a file. Whoever may read the open part alone gets the closed part’s hash in its place. */
export const snapshotFile = z.strictObject({
  head: snapshotHead,
  open: openPart,
  closed: closedPart.optional(),
  closedSha256: sha256,
  sha256: sha256.describe('Over head, and the hashes of both parts.'),
});
export type SnapshotFile = z.infer<typeof snapshotFile>;
