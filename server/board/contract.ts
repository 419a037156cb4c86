import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { idempotencyKey, instant, reason, studyParams } from '../http/wire.ts';
import { snapshotHead } from './document.ts';

const sha256 = z.string().describe('SHA-256, in hexadecimal.');

export const snapshotRow = z.strictObject({
  number: z.int(),
  sha256,
  note: z.string(),
  cutOff: instant.describe('Of the last change of data that it includes.'),
  participants: z.int(),
  preparedAt: instant,
  preparedBy: z.string(),
});

export const readBoard = endpoint({
  id: 'board.read',
  method: 'get',
  path: '/api/studies/:study/board',
  summary: 'Snapshots for the monitoring board, newest first, and how long closed reports are open to you',
  access: 'board.open.read',
  params: studyParams,
  reply: z.strictObject({
    snapshots: z.array(snapshotRow),
    confirmedUntil: instant
      .nullable()
      .describe('Until when this session may open closed reports; null: sign in once more first.'),
    pdf: z.boolean().describe('Whether the server has a Chromium that prints reports.'),
    whole: z.boolean().describe('False: small counts are hidden from you, and so is the snapshot’s file.'),
  }),
});

export const prepareSnapshot = endpoint({
  id: 'board.prepare',
  method: 'post',
  path: '/api/studies/:study/board/snapshots',
  summary: 'Freeze what the board is to see, as the data are now',
  access: 'board.prepare',
  params: studyParams,
  body: z.strictObject({ key: idempotencyKey, note: z.string().trim().min(3).max(300) }),
  reply: z.strictObject({ number: z.int(), sha256 }),
});

export const confirmBoard = endpoint({
  id: 'board.confirm',
  method: 'post',
  path: '/api/studies/:study/board/confirmation',
  summary: 'Sign in once more, to open closed reports in this session for a quarter of an hour',
  access: 'board.closed.read',
  params: studyParams,
  body: z.strictObject({
    password: z.string().min(1).max(128),
    code: z.string().max(12).optional().describe('From the authenticator, where the account has one.'),
  }),
  reply: z.strictObject({ until: instant }),
});

const picture = z.strictObject({
  title: z.string(),
  subtitle: z.string(),
  description: z.string().describe('Full sentences that carry the numbers.'),
  light: z.string().describe('SVG.'),
  dark: z.string().describe('SVG.'),
});

export const reportSection = z.strictObject({
  id: z.string(),
  title: z.string(),
  text: z.array(z.string()),
  pictures: z.array(picture),
  tables: z.array(
    z.strictObject({
      caption: z.string(),
      columns: z.array(z.strictObject({ label: z.string(), numeric: z.boolean() })),
      rows: z.array(z.array(z.string())),
    }),
  ),
});

const report = z.strictObject({
  head: snapshotHead,
  sha256,
  maskState: z.string(),
  smallest: z.int().nullable().describe('Smaller counts are hidden.'),
  watermark: z
    .strictObject({ name: z.string(), at: instant })
    .describe('Who opened it and when; it stands on every page.'),
  sections: z.array(reportSection),
});
export type BoardReport = z.infer<typeof report>;

const snapshotParams = studyParams.extend({ number: z.coerce.number().int().min(1).max(1_000_000) });
const layout = z.strictObject({ layout: z.enum(['wide', 'phone']).default('wide') });

const reading = (part: 'open' | 'closed', summary: string) =>
  endpoint({
    id: `board.${part}`,
    method: 'get',
    path: `/api/studies/:study/board/snapshots/:number/${part}`,
    summary,
    access: `board.${part}.read`,
    params: snapshotParams,
    query: layout,
    reply: report,
  });
export const readOpen = reading('open', 'An open report: pooled over the arms, as it was frozen');
export const readClosed = reading(
  'closed',
  'A closed report: arms behind letters, as it was frozen; opening it goes on the access log',
);

export const boardFileName = z.enum(['report.html', 'report.pdf', 'snapshot.json']);
export type BoardFileName = z.infer<typeof boardFileName>;
const file = (part: 'open' | 'closed', summary: string) =>
  endpoint({
    id: `board.${part}-file`,
    method: 'get',
    path: `/api/studies/:study/board/snapshots/:number/${part}/:file`,
    summary,
    access: `board.${part}.read`,
    params: snapshotParams.extend({ file: boardFileName }),
    produces: 'application/octet-stream',
  });
export const openFile = file('open', 'An open report to print, as HTML or PDF, or the snapshot to verify');
export const closedFile = file(
  'closed',
  'A closed report to print, as HTML or PDF, or the snapshot to verify',
);

export const readBoardLog = endpoint({
  id: 'board.log',
  method: 'get',
  path: '/api/studies/:study/board/log',
  summary: 'Who prepared, opened and took which report, and who unmasked letters; never what stands in them',
  access: 'board.log',
  params: studyParams,
  reply: z.strictObject({
    rows: z.array(
      z.strictObject({
        at: instant,
        by: z.string(),
        role: z.string().nullable(),
        action: z.string(),
        snapshot: z.int().nullable(),
        detail: z.string().nullable(),
        hash: z.string().describe('Of its entry of the audit trail.'),
      }),
    ),
  }),
});

export const requestUnmasking = endpoint({
  id: 'board.unmask-request',
  method: 'post',
  path: '/api/studies/:study/board/unmaskings',
  summary: 'First step of unmasking the letters: a reason, on record before anything is shown',
  access: 'board.unmask',
  params: studyParams,
  body: z.strictObject({ confirm: z.string().max(20).describe('The study’s code, typed again.'), reason }),
  reply: z.strictObject({ id: z.string(), expiresAt: instant }),
});

export const openUnmasking = endpoint({
  id: 'board.unmask',
  method: 'post',
  path: '/api/studies/:study/board/unmaskings/:unmasking/opening',
  summary: 'Second step, by the same person within ten minutes: which letter stands for which arm',
  access: 'board.unmask',
  params: studyParams.extend({ unmasking: z.string().min(1).max(64) }),
  reply: z.strictObject({
    openedAt: instant,
    letters: z.array(z.strictObject({ letter: z.string(), short: z.string(), name: z.string() })),
  }),
});
