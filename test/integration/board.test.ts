import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { listAudit } from '../../server/audit/contract.ts';
import {
  closedFile,
  confirmBoard,
  openFile,
  openUnmasking,
  prepareSnapshot,
  readBoard,
  readBoardLog,
  readClosed,
  readOpen,
  requestUnmasking,
} from '../../server/board/contract.ts';
import { verifySnapshot } from '../../server/board/verify.ts';
import { changeFollowUp } from '../../server/events/contract.ts';
import { addHarm } from '../../server/harms/contract.ts';
import { chromiumPath } from '../../server/reports/chromium.ts';
import { takeConsort } from '../../server/reports/contract.ts';
import type { LoadedStudy } from '../../server/studies/load.ts';
import { copies, Enrolment } from '../setup/enrol.ts';
import {
  type Agent,
  addressOf,
  done,
  PASSWORD,
  refused,
  send,
  type TestServer,
  testServer,
} from '../setup/http.ts';
import { pdfPages } from '../setup/pdf.ts';

type Unmasked = z.output<NonNullable<(typeof openUnmasking)['reply']>>;

const STUDY = 'ipt-depression';
const params = { study: STUDY };
const first = { ...params, number: '1' };
const key = () => crypto.randomUUID();

let server: TestServer;
let board: Agent;
let statistician: Agent;
let armOf: Map<string, string>;
/** Who had a serious, related harm, and who withdrew. */
let harmed: string;
let left: string;

/** As shipped, with a data manager who isn't to know arms either. */
const moreBlinded = ({ document, instruments }: LoadedStudy): LoadedStudy => ({
  instruments,
  document: {
    ...document,
    masking: { ...document.masking, blinded: [...document.masking.blinded, 'data-manager'] },
  },
});

beforeAll(async () => {
  server = await testServer([STUDY], { change: moreBlinded });
  const coordinator = await server.as('coordinator');
  board = await server.as('monitoring-board');
  statistician = await server.as('statistician');
  const enrolment = new Enrolment(server, await server.study(STUDY), coordinator);
  const code = await enrolment.upTo('baseline');
  const codes = [code, ...(await copies(server.services, STUDY, code, 8))];
  for (const one of codes) await enrolment.randomise(one);
  armOf = new Map(
    (
      await server.services.db.read
        .selectFrom('allocation')
        .innerJoin('participant', 'participant.id', 'allocation.participant_id')
        .select(['code', 'arm'])
        .execute()
    ).map(({ code: one, arm }) => [one, arm]),
  );
  [harmed, left] = codes as [string, string];
  const day = '2026-11-23';
  const content = {
    term: 'Overdose',
    onset: day,
    end: null,
    ongoing: true,
    serious: ['hospitalisation'],
    awareAt: server.clock.now.toISOString(),
    severity: 4,
    relatedness: 'possible',
    expectedness: 'not-judged',
    action: 'none',
    outcome: 'not-recovered',
  };
  await done(coordinator, addHarm, {
    params: { study: STUDY, participant: harmed },
    body: { key: key(), content },
  });
  await done(coordinator, changeFollowUp, {
    params: { study: STUDY, participant: left },
    body: {
      key: key(),
      number: 0,
      on: day,
      stops: ['treatment'],
      askedBy: 'participant',
      reason: enrolment.document.lossReasons[0]!.id,
      detail: '',
    },
  });
});
afterAll(() => server?.close());

const cell = (report: Awaited<ReturnType<typeof closed>>, section: string, row: string): string[] =>
  report.sections
    .find(({ id }) => id === section)!
    .tables.flatMap(({ rows }) => rows)
    .find(([label]) => label === row)!;
const closed = () => done(board, readClosed, { params: first });
const confirm = () => done(board, confirmBoard, { params, body: { password: PASSWORD } });

describe('the monitoring board', () => {
  test('has nothing to see before a statistician prepared a snapshot', async () => {
    expect(await done(board, readBoard, { params })).toMatchObject({ snapshots: [], confirmedUntil: null });
    await refused(board, readOpen, { params: first }, 404);
    await refused(board, prepareSnapshot, { params, body: { key: key(), note: 'Mine' } }, 403);
    const made = await done(statistician, prepareSnapshot, {
      params,
      body: { key: key(), note: 'First meeting' },
    });
    expect(made.number).toBe(1);
    expect((await done(board, readBoard, { params })).snapshots).toMatchObject([
      { number: 1, sha256: made.sha256, participants: 9, note: 'First meeting' },
    ]);
  });

  test('opens the open report without a further step, and nothing in it names an arm or a letter', async () => {
    const report = await done(board, readOpen, { params: first });
    expect(report.maskState).toBe('Pooled over the arms');
    expect(cell(report, 'safety', 'Serious and related').slice(0, 2)).toEqual([
      'Serious and related',
      '1/9 (11%)',
    ]);
    expect(cell(report, 'withdrawals', 'Stopped treatment')[1]).toBe('1/9 (11%)');
    const { document } = await server.study(STUDY);
    const text = JSON.stringify(report.sections);
    for (const { name, short } of document.arms)
      for (const word of [name, `>${short}<`]) expect(text).not.toContain(word);
  });

  test('opens the closed report only after signing in once more, for a quarter of an hour in that session', async () => {
    expect((await refused(board, readClosed, { params: first }, 403)).message).toMatch(/sign in once more/);
    await refused(board, confirmBoard, { params, body: { password: 'not this one' } }, 400);
    await refused(board, readClosed, { params: first }, 403);
    const { until } = await confirm();
    expect(Date.parse(until) - server.clock.now.getTime()).toBe(15 * 60_000);
    const { sections } = await closed();
    expect(sections.map(({ id }) => id)).toContain('harms');
    // Another session of the same person, and another person with the right, have not taken the step.
    await refused(statistician, readClosed, { params: first }, 403);
    const now = server.clock.now;
    server.clock.now = new Date(now.getTime() + 15 * 60_000);
    await refused(board, readClosed, { params: first }, 403);
    server.clock.now = now;
  });

  test('sees each arm behind the same letter, and counts that are those of the arm', async () => {
    await confirm();
    const report = await closed();
    const { id } = await done(board, requestUnmasking, {
      params,
      body: {
        confirm: (await server.study(STUDY)).document.code,
        reason: 'The board decided at its meeting',
      },
    });
    const opening = { params: { ...params, unmasking: id } };
    // Pressed twice at once, it is opened once.
    const twice = await Promise.all([1, 2].map(() => send(board, openUnmasking, opening)));
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { letters } = twice.find(({ status }) => status === 200)!.body as Unmasked;
    await refused(board, openUnmasking, opening, 409);
    const { document } = await server.study(STUDY);
    const letterOf = (code: string) => {
      const arm = document.arms.find((one) => one.id === armOf.get(code))!;
      return letters.find(({ name }) => name === arm.name)!.letter;
    };
    const size = (letter: string) => [...armOf.keys()].filter((code) => letterOf(code) === letter).length;
    const wanted = (code: string) =>
      ['A', 'B', 'C'].map((letter) => `${letterOf(code) === letter ? 1 : 0}/${size(letter)}`);
    // Participants, interval and events of each letter, in the order of the letters.
    const harms = cell(report, 'harms', 'Serious and related');
    expect([1, 4, 7].map((at) => harms[at]!.split(' ')[0])).toEqual(wanted(harmed));
    const withdrawals = cell(report, 'withdrawals', 'Stopped treatment');
    expect([1, 3, 5].map((at) => withdrawals[at]!.split(' ')[0])).toEqual(wanted(left));
    for (const { name } of document.arms) expect(JSON.stringify(report.sections)).not.toContain(name);
  });

  test('what was frozen stays, whatever becomes of the data, and the database refuses to change it', async () => {
    await confirm();
    const before = await send(board, closedFile, { params: { ...first, file: 'snapshot.json' } });
    const coordinator = await server.as('coordinator');
    await done(coordinator, changeFollowUp, {
      params: { study: STUDY, participant: harmed },
      body: {
        key: key(),
        number: 0,
        on: '2026-11-23',
        stops: ['treatment'],
        askedBy: 'participant',
        reason: (await server.study(STUDY)).document.lossReasons[0]!.id,
        detail: '',
      },
    });
    expect((await send(board, closedFile, { params: { ...first, file: 'snapshot.json' } })).text).toBe(
      before.text,
    );
    const { db } = server.services;
    await expect(db.write((tx) => tx.deleteFrom('board_snapshot').execute())).rejects.toThrow(/append-only/);
    await expect(
      db.write((tx) =>
        tx
          .updateTable('board_snapshot')
          .set({ content: '{}' } as never)
          .execute(),
      ),
    ).rejects.toThrow(/append-only/);
    const second = await done(statistician, prepareSnapshot, {
      params,
      body: { key: key(), note: 'Second meeting' },
    });
    expect(second.number).toBe(2);
  });
});

describe('a snapshot’s file', () => {
  /** Keys in order, without spaces: RFC 8785 for what has no unusual numbers. */
  const canonical = (value: unknown): string =>
    Array.isArray(value)
      ? `[${value.map(canonical).join(',')}]`
      : typeof value === 'object' && value !== null
        ? `{${Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`)
            .join(',')}}`
        : JSON.stringify(value);
  const sha256 = (value: unknown) => createHash('sha256').update(canonical(value)).digest('hex');

  test('carries a hash that anybody can recompute, from the open part alone too', async () => {
    await confirm();
    const whole = await send(board, closedFile, { params: { ...first, file: 'snapshot.json' } });
    const open = await send(board, openFile, { params: { ...first, file: 'snapshot.json' } });
    const [row] = (await done(board, readBoard, { params })).snapshots.filter(({ number }) => number === 1);
    for (const { text } of [whole, open]) {
      const file = JSON.parse(text);
      const made = sha256({ head: file.head, open: sha256(file.open), closed: file.closedSha256 });
      expect(made).toBe(row!.sha256);
      expect(verifySnapshot(text, made.toUpperCase())).toMatchObject({ number: 1, broken: null });
    }
    expect(JSON.parse(open.text).closed).toBeUndefined();
    expect(sha256(JSON.parse(whole.text).closed)).toBe(JSON.parse(whole.text).closedSha256);
  });

  test('fails its check when a number, the head or the hash was changed', async () => {
    await confirm();
    const { text } = await send(board, closedFile, { params: { ...first, file: 'snapshot.json' } });
    const changed = (change: (file: ReturnType<typeof JSON.parse>) => void) => {
      const file = JSON.parse(text);
      change(file);
      return verifySnapshot(JSON.stringify(file)).broken;
    };
    expect(changed(() => {})).toBeNull();
    expect(changed((file) => (file.open.recruitment.target += 1))).toMatch(/content has the hash/);
    expect(changed((file) => (file.closed.arms[0].participants += 1))).toMatch(/closed part/);
    expect(changed((file) => (file.head.note = 'Another'))).toMatch(/content has the hash/);
    expect(verifySnapshot(text, '0'.repeat(64)).broken).toMatch(/the one given/);
    expect(() => verifySnapshot('{}')).toThrow(/isn’t a snapshot/);
  });
});

describe('reports on paper', () => {
  test('an HTML report holds all it needs, says on each page what it is, and carries the watermark', async () => {
    await confirm();
    const answer = await send(board, closedFile, { params: { ...first, file: 'report.html' } });
    const [row] = (await done(board, readBoard, { params })).snapshots.filter(({ number }) => number === 1);
    expect(answer.headers['content-disposition']).toBe(
      'attachment; filename="DEP-3A-board-1-closed-report.html"',
    );
    const html = answer.text;
    expect(html).toContain('CONFIDENTIAL');
    expect(html).toContain(row!.sha256);
    expect(html).toMatch(/counter\(page\) " of " counter\(pages\)/);
    expect(html).toMatch(/@top-right \{ content: "Arms behind letters"/);
    expect(html).toMatch(/@bottom-left \{ content: "Data cut-off 23 Nov 2026, 09:00 UTC/);
    expect(html).toContain('Test monitoring-board, 23 Nov 2026, 09:00 UTC, snapshot 1');
    expect(html).toContain('thead { display: table-header-group; }');
    // Nothing is fetched: no address but the name spaces of SVG, no script.
    expect(html.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:\/\/|<script|@import/);
  });

  test('the CONSORT report is by arm for who may see arms, and pooled for a blinded role', async () => {
    const html = (await send(statistician, takeConsort, { params: { ...params, paper: 'consort.html' } }))
      .text;
    for (const part of ['17a', '17b', 'Participant flow', 'Baseline', 'Harms']) expect(html).toContain(part);
    const { document } = await server.study(STUDY);
    expect(html).toContain(document.arms[0]!.name);
    await refused(board, takeConsort, { params: { ...params, paper: 'consort.html' } }, 403);
  });

  test('in Finnish where it is asked for: words, marks of numbers and pages; what people wrote as they wrote it', async () => {
    const { text: html } = await statistician
      .get(addressOf(takeConsort, { params: { ...params, paper: 'consort.html' } }))
      .set('Accept-Language', 'fi');
    expect(html).toContain('<html lang="fi">');
    for (const part of ['Osallistujavirta (kohta 22)', 'Satunnaistettu', 'Haitat haaroittain', '3 kuukautta'])
      expect(html).toContain(part);
    expect(html).toMatch(/"Sivu " counter\(page\)/);
    expect(html).not.toContain('Participant flow');
  });

  // Printing is the same on every database, and each takes a second.
  const config = { chromium: undefined };
  test.skipIf(chromiumPath(config) === null || process.env.EQUIPOISE_TEST_DB === 'postgres')(
    'as PDF each page says its number, the cut-off and who can tell arms apart, and no page names a hidden arm',
    async () => {
      await confirm();
      const printed = async (agent: Agent, endpoint: typeof openFile | typeof takeConsort, sent: object) => {
        const answer = await send(agent, endpoint, sent);
        expect(answer.headers['content-type']).toBe('application/pdf');
        return pdfPages(answer.body as Buffer);
      };
      const closed = await printed(board, closedFile, { params: { ...first, file: 'report.pdf' } });
      const open = await printed(board, openFile, { params: { ...first, file: 'report.pdf' } });
      const paper = { params: { ...params, paper: 'consort.pdf' } };
      const consort = await printed(statistician, takeConsort, paper);
      const pooled = await printed(await server.as('data-manager'), takeConsort, paper);
      const [row] = (await done(board, readBoard, { params })).snapshots.filter(({ number }) => number === 1);
      for (const [pages, state] of [
        [closed, 'Armsbehindletters'],
        [open, 'Pooledoverthearms'],
        [consort, 'Byarm'],
        [pooled, 'Armshidden:pooled'],
      ] as const) {
        expect(pages.length).toBeGreaterThan(1);
        for (const [index, page] of pages.entries()) {
          expect(page).toContain(`Page${index + 1}of${pages.length}`);
          expect(page).toContain(state);
          expect(page).toMatch(/Datacut-off23Nov2026,09:00UTC/);
        }
      }
      for (const page of [...closed, ...open]) expect(page).toContain(row!.sha256);
      // All nine together.
      for (const pages of [open, pooled]) expect(pages.join('')).toContain('Randomised(n=9)');
      const { document } = await server.study(STUDY);
      const bare = (text: string) => text.replaceAll(/\s/g, '');
      for (const { name, short } of document.arms) {
        expect(consort.join('')).toContain(bare(name));
        expect(consort.join('')).toContain(short);
        // The study’s title names all therapies, and says nothing of who had which.
        for (const page of [...closed, ...open, ...pooled])
          for (const words of [bare(name), short])
            expect(page.replaceAll(bare(document.title), '')).not.toContain(words);
      }
    },
  );

  test('a server without Chromium says so, and offers the HTML', async () => {
    const config = server.services.config as { chromium?: string };
    config.chromium = 'none';
    expect((await done(board, readBoard, { params })).pdf).toBe(false);
    const refusal = await refused(board, openFile, { params: { ...first, file: 'report.pdf' } }, 409);
    expect(refusal.message).toMatch(/Take the report as HTML/);
    delete config.chromium;
  });
});

test('the access log says who opened which snapshot, and is a part of the hash-chained trail', async () => {
  const owner = await server.as('owner');
  const { rows } = await done(owner, readBoardLog, { params });
  const deeds = rows.map(({ action, by, snapshot }) => ({ action, by, snapshot }));
  expect(deeds).toContainEqual({ action: 'board.closed', by: 'Test monitoring-board', snapshot: 1 });
  expect(deeds).toContainEqual({ action: 'board.prepare', by: 'Test statistician', snapshot: 2 });
  expect(rows.find(({ action }) => action === 'board.unmask')).toMatchObject({
    detail: 'The board decided at its meeting',
  });
  const trail = await done(owner, listAudit, { params, query: { size: 500 } });
  const hashes = new Set(trail.rows.map(({ hash }) => hash));
  for (const { hash } of rows) expect(hashes.has(hash)).toBe(true);
  // An owner reads the log, and no closed report.
  await refused(owner, readClosed, { params: first }, 403);
});
