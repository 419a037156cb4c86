import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryHash, GENESIS } from '../../../server/audit/append.ts';
import type { ImportMapping } from '../../../server/imports/contract.ts';
import { type ImportOptions, runImport } from '../../../server/imports/run.ts';
import type { Caller } from '../../../server/services.ts';
import { type TestServices, testServices } from '../../setup/services.ts';
import { csv, mapping, phq9 } from './mapped.ts';
import { smallTrial } from './smallTrial.ts';

let given: TestServices;
let manager: Caller;
beforeAll(async () => {
  given = await testServices({ study: await smallTrial() });
  manager = await given.callerFor('data-manager');
});
afterAll(() => given?.close());

const HEAD = 'id,sex,age,screened,randomised,arm';

const run = (
  text: string | Readable,
  map: ImportMapping,
  more: Partial<ImportOptions> & { as?: Caller } = {},
) => {
  const { as: caller = manager, ...options } = more;
  return runImport(given.services, caller, text, map, { dryRun: false, file: 'trial.csv', ...options });
};

const tables = ['participant', 'allocation', 'form', 'form_version', 'audit', 'idempotency'] as const;

/** Rows of every table that an import writes to. */
async function sizes(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables)
    counts[table] = (await given.services.db.read.selectFrom(table).selectAll().execute()).length;
  return counts;
}

const participant = (code: string) =>
  given.services.db.read.selectFrom('participant').selectAll().where('code', '=', code).executeTakeFirst();

async function formOf(code: string, visit: string, instrument: string) {
  return given.services.db.read
    .selectFrom('form')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .selectAll('form')
    .where('code', '=', code)
    .where('visit', '=', visit)
    .where('instrument', '=', instrument)
    .executeTakeFirst();
}

const nine = (prefix: string) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((item) => `${prefix}${item}`).join(',');

describe('what is written', () => {
  const text = csv(
    `${HEAD},${nine('b')},${nine('w')}`,
    'HIL-0007,f,39,2026-01-05,2026-01-12,A,1,1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0,-9',
    'HIL-0008,m,40,2026-01-06,2026-01-13,B,2,2,2,2,2,2,2,2,,,,,,,,,,',
    'LAK-0001,f,61,2026-01-07,,,,,,,,,,,,,,,,,,,,',
  );
  const map = mapping({ answers: [...phq9('baseline', 'b'), ...phq9('w8', 'w')] });

  test('participants, allocations, forms with their first version, and an audit entry for each', async () => {
    const before = await sizes();
    const report = await run(text, map);
    expect(report).toEqual({
      rows: 3,
      participants: 3,
      answers: 26,
      queries: 0,
      refused: [],
      refusedTotal: 0,
      written: true,
    });
    expect(await sizes()).toEqual({
      ...before,
      participant: before.participant! + 3,
      allocation: before.allocation! + 2,
      form: before.form! + 3,
      form_version: before.form_version! + 3,
      // Three registered, two allocated, three forms, the import itself.
      audit: before.audit! + 9,
    });
    expect(await participant('HIL-0007')).toMatchObject({
      site: 'hill',
      status: 'randomised',
      screened_on: '2026-01-05',
      screening: '{"sex":"female","age":39}',
    });
    expect(await participant('LAK-0001')).toMatchObject({ site: 'lake', status: 'screening' });
    // All nine required items, one by a missing code: complete. Eight of nine: started.
    expect(await formOf('HIL-0007', 'w8', 'phq9')).toMatchObject({ status: 'complete', version: 1 });
    expect(await formOf('HIL-0008', 'baseline', 'phq9')).toMatchObject({ status: 'started' });
    expect(await formOf('HIL-0008', 'w8', 'phq9')).toBeUndefined();
    const form = await formOf('HIL-0007', 'w8', 'phq9');
    expect(JSON.parse(form!.answers)).toMatchObject({ '1': { value: 0 }, '9': { missing: 'refused' } });
    const version = await given.services.db.read
      .selectFrom('form_version')
      .selectAll()
      .where('form_id', '=', form!.id)
      .execute();
    expect(version).toMatchObject([
      { version: 1, reason: 'Imported from trial.csv, row 2', study_version: 1 },
    ]);
  });

  test('allocations stand in the log, numbered, chained, with source and stratum, on their day', async () => {
    const log = await given.services.db.read.selectFrom('allocation').selectAll().orderBy('number').execute();
    expect(log).toMatchObject([
      { number: 1, source: 'imported', arm: 'walking', stratum: 'site=hill|age=under-40' },
      { number: 2, source: 'imported', arm: 'waiting', stratum: 'site=hill|age=40-and-over' },
    ]);
    expect(log[1]!.previous_hash).toBe(log[0]!.hash);
    expect(log[0]!.allocated_at).toBe('2026-01-12T12:00:00.000Z');
    expect(JSON.parse(log[0]!.entry)).toMatchObject({
      participant: 'HIL-0007',
      storedAt: '2026-11-23T09:00:00.000Z',
    });
  });

  test('the audit chain holds, and the summary has the file’s SHA-256', async () => {
    const entries = await given.services.db.read.selectFrom('audit').selectAll().orderBy('seq').execute();
    let previous = GENESIS;
    for (const [index, { hash, ...entry }] of entries.entries()) {
      expect(entry.seq).toBe(index + 1);
      expect(entry.previous_hash).toBe(previous);
      expect(entryHash(entry)).toBe(hash);
      previous = hash;
    }
    const summary = entries.filter(({ action }) => action === 'imports.run').at(-1)!;
    expect(JSON.parse(summary.after!)).toEqual({
      file: 'trial.csv',
      sha256: createHash('sha256').update(text).digest('hex'),
      rows: 3,
      participants: 3,
      answers: 26,
      queries: 0,
    });
    expect(
      entries.filter(({ action }) => action === 'randomisation.import').map(({ subject }) => subject),
    ).toEqual(['participant:HIL-0007', 'participant:HIL-0008']);
    // The trail is read by blinded people too.
    expect(entries.map(({ after }) => after).join()).not.toMatch(/walking|waiting/);
  });

  test('bare numbers are numbered within the site of the row', async () => {
    const rows = csv('id,site,sex,age,screened', '12,H,f,30,2026-02-01', '12,L,f,31,2026-02-01');
    const sited = mapping({
      site: { column: 'site', codes: { H: 'hill', L: 'lake' } },
      randomisedOn: undefined,
      arm: undefined,
    });
    expect(await run(rows, sited)).toMatchObject({ participants: 2, written: true });
    expect(await participant('HIL-0012')).toMatchObject({ site: 'hill' });
    expect(await participant('LAK-0012')).toMatchObject({ site: 'lake' });
  });

  test('days of assessment, late ones with the import as their reason', async () => {
    const dated = mapping({
      answers: phq9('w8', 'w'),
      assessedOn: [{ column: 'on', visit: 'w8' }],
    });
    const rows = csv(
      `${HEAD},on,${nine('w')}`,
      'HIL-0020,f,39,2026-01-05,2026-01-12,A,2026-03-09,1,1,1,1,1,1,1,1,1',
      'HIL-0021,f,39,2026-01-05,2026-01-12,A,2026-04-30,1,1,1,1,1,1,1,1,1',
    );
    expect(await run(rows, dated)).toMatchObject({ refusedTotal: 0, written: true });
    // 12 January + 56 days is 9 March.
    expect(await formOf('HIL-0020', 'w8', 'phq9')).toMatchObject({
      assessed_on: '2026-03-09',
      late_reason: null,
    });
    expect(await formOf('HIL-0021', 'w8', 'phq9')).toMatchObject({
      assessed_on: '2026-04-30',
      late_reason: 'Imported from trial.csv, row 3',
    });
  });

  test('a stream is read as a text is', async () => {
    const rows = csv(HEAD, 'HIL-0030,f,39,2026-01-05,2026-01-12,A', 'HIL-0031,m,50,2026-01-05,2026-01-12,B');
    const bytes = Buffer.from(rows);
    const progress: string[] = [];
    const report = await run(Readable.from([bytes.subarray(0, 50), bytes.subarray(50)]), mapping(), {
      onProgress: ({ phase, rows: read }) => progress.push(`${phase} ${read}`),
    });
    expect(report).toMatchObject({ rows: 2, participants: 2, written: true });
    expect(progress).toEqual(['checking 2', 'writing 2']);
  });
});

describe('all or nothing', () => {
  const answers = [...phq9('baseline', 'b')];

  test('one refused cell in the last row, and not one row of any table is written', async () => {
    const good = Array.from(
      { length: 1200 },
      (_, index) => `LAK-${1000 + index},f,30,2026-01-05,2026-01-06,A,1,1,1,1,1,1,1,1,1`,
    );
    const text = csv(
      `${HEAD},${nine('b')}`,
      ...good,
      'LAK-3000,f,30,2026-01-05,2026-01-06,A,1,1,1,1,1,1,1,1,4',
    );
    const before = await sizes();
    const report = await run(text, mapping({ answers }), { key: crypto.randomUUID() });
    expect(report).toMatchObject({
      rows: 1201,
      refusedTotal: 1,
      written: false,
      refused: [
        { row: 1202, column: 'b9', cell: '4', why: expect.stringMatching(/Item 9.*4 is none of its codes/) },
      ],
    });
    expect(await sizes()).toEqual(before);
  });

  test('a dry run reports the same and writes nothing', async () => {
    const text = csv(`${HEAD},${nine('b')}`, 'LAK-4000,f,30,2026-01-05,2026-01-06,A,1,1,1,1,1,1,1,1,0');
    const before = await sizes();
    const dry = await run(text, mapping({ answers }), { dryRun: true });
    expect(dry).toMatchObject({ rows: 1, participants: 1, answers: 9, written: false });
    expect(await sizes()).toEqual(before);
    expect(await run(text, mapping({ answers }))).toEqual({ ...dry, written: true });
  });

  test('the first thousand refusals are listed, all are counted', async () => {
    const rows = Array.from(
      { length: 1500 },
      (_, index) => `LAK-${5000 + index},x,30,2026-01-05,2026-01-06,A`,
    );
    const report = await run(csv(HEAD, ...rows), mapping());
    expect(report.refused).toHaveLength(1000);
    expect(report.refusedTotal).toBe(1500);
    expect(report.refused[999]).toMatchObject({ row: 1001, column: 'sex', cell: 'x' });
  });

  test('one key, one import: a retry gets the first report, another file is a conflict', async () => {
    const key = crypto.randomUUID();
    const text = csv(HEAD, 'LAK-7000,f,30,2026-01-05,2026-01-06,A');
    const first = await run(text, mapping(), { key });
    expect(first).toMatchObject({ participants: 1, written: true });
    const after = await sizes();
    expect(await run(text, mapping(), { key })).toEqual(first);
    expect(await sizes()).toEqual(after);
    const other = csv(HEAD, 'LAK-7001,f,30,2026-01-05,2026-01-06,A');
    await expect(run(other, mapping(), { key })).rejects.toMatchObject({ kind: 'conflict' });
    expect(await participant('LAK-7001')).toBeUndefined();
  });
});

describe('cells that are refused', () => {
  const answers = [
    ...phq9('baseline', 'b').slice(0, 1),
    { column: 'weight', visit: 'baseline', instrument: 'background', item: 'weight-change' },
    { column: 'since', visit: 'baseline', instrument: 'medication', item: 'antidepressant-since' },
  ];
  const map = mapping({ answers });
  const row = (cells: Partial<Record<string, string>>) => {
    const all = {
      id: 'HIL-0900',
      sex: 'f',
      age: '30',
      screened: '2026-01-05',
      randomised: '2026-01-06',
      arm: 'A',
      b1: '1',
      weight: '-2.5',
      since: '2025-12-01',
      ...cells,
    };
    return csv(Object.keys(all).join(','), Object.values(all).join(','));
  };

  test('as it stands, the row is taken', async () => {
    expect(await run(row({}), map, { dryRun: true })).toMatchObject({ refusedTotal: 0, answers: 3 });
  });

  test('a value that is unexpected but possible is taken', async () => {
    // The background form expects −10 to 10 kg and allows −60 to 60.
    expect(await run(row({ weight: '-30' }), map, { dryRun: true })).toMatchObject({ refusedTotal: 0 });
  });

  test.each([
    ['id', '', /no participant ID/],
    ['id', 'Jane', /neither a number nor/],
    ['id', 'XXX-0001', /No site of the study has the code XXX/],
    ['id', 'HIL-00900', /Write this ID as HIL-0900/],
    ['id', 'HIL-0000', /numbered from 1/],
    ['id', '900', /several sites/],
    ['sex', 'woman', /not among the codes of the mapping: “f”, “m”/],
    ['sex', '', /answer to “Sex” is needed/],
    ['age', '17', /Age 17 is outside 18 to 90/],
    ['age', '30 years', /no number/],
    ['screened', '5.1.2026', /YYYY-MM-DD/],
    ['screened', '', /day of screening is needed/],
    ['screened', '2027-01-01', /in the future/],
    ['randomised', '2026-01-04', /before the screening/],
    ['randomised', '', /an arm but no day of randomisation/],
    ['arm', 'C', /not among the codes of the mapping: “A”, “B”/],
    ['b1', '4', /none of its codes/],
    ['b1', '1.5', /none of its codes/],
    ['b1', '=1+0', /a formula or text/],
    ['weight', '"-2,5"', /decimal point/],
    ['weight', '-61', /below the minimum, -60/],
    ['since', '12/2025', /no date such as/],
  ])('%s: %s', async (column, cell, why) => {
    const report = await run(row({ [column]: cell }), map, { dryRun: true });
    expect(report.refusedTotal).toBe(1);
    expect(report.refused[0]).toMatchObject({
      row: 2,
      column,
      cell: cell.replaceAll('"', ''),
      why: expect.stringMatching(why),
    });
  });

  test('answers of someone without an arm wait for the consent', async () => {
    const report = await run(row({ arm: '', randomised: '' }), map, { dryRun: true });
    expect(report.refused).toMatchObject([
      { column: 'b1', why: expect.stringMatching(/once the consent is on record/) },
    ]);
  });

  test('a participant who is in the file twice', async () => {
    const text = csv(HEAD, 'HIL-0901,f,30,2026-01-05,2026-01-06,A', 'HIL-0901,f,30,2026-01-05,2026-01-06,A');
    const report = await run(text, mapping(), { dryRun: true });
    expect(report.refused).toMatchObject([
      { row: 3, column: 'id', cell: 'HIL-0901', why: expect.stringMatching(/in row 2/) },
    ]);
  });

  test('a header without rows', async () => {
    await expect(run(csv(HEAD), mapping())).rejects.toMatchObject({
      kind: 'not-valid',
      message: expect.stringMatching(/no rows/),
    });
  });
});

describe('participants who are on record', () => {
  const text = (...cells: string[]) => csv(`${HEAD},${nine('b')}`, ['HIL-0800', ...cells].join(','));
  const map = mapping({ answers: phq9('baseline', 'b') });
  const first = ['f', '30', '2026-01-05', '2026-01-06', 'A', '1', '1', '1', '1', '1', '1', '1', '1', '1'];
  beforeAll(async () => {
    expect(await run(text(...first), map)).toMatchObject({ participants: 1, written: true });
  });
  const changed = (index: number, cell: string) =>
    text(...first.map((old, at) => (at === index ? cell : old)));

  test('get forms that they did not have; the forms that they have stay', async () => {
    const more = mapping({ answers: [...phq9('baseline', 'b'), ...phq9('w8', 'w')] });
    const rows = csv(
      `${HEAD},${nine('b')},${nine('w')}`,
      ['HIL-0800', ...first, ...Array(9).fill('0')].join(','),
    );
    expect(await run(rows, more)).toMatchObject({ participants: 1, answers: 9, written: true });
    expect(await run(rows, more)).toMatchObject({ participants: 0, answers: 0 });
    expect(await formOf('HIL-0800', 'baseline', 'phq9')).toMatchObject({ version: 1 });
  });

  test('a blank cell says nothing about an answer that is there', async () => {
    expect(await run(changed(5, ''), map, { dryRun: true })).toMatchObject({ refusedTotal: 0, answers: 0 });
  });

  test.each([
    [0, 'm', 'sex', /Sex of HIL-0800 is female on record/],
    [1, '31', 'age', /Age of HIL-0800 is 30 on record/],
    [2, '2026-01-04', 'screened', /day of screening of HIL-0800 is 2026-01-05/],
    [3, '2026-01-07', 'randomised', /day of randomisation of HIL-0800 is 2026-01-06/],
    [4, 'B', 'arm', /allocated otherwise/],
    [5, '2', 'b1', /on record with the answer 1/],
    [5, '-9', 'b1', /on record with the answer 1/],
  ])('never change: column %i as %s', async (index, cell, column, why) => {
    const before = await sizes();
    const report = await run(changed(index, cell), map);
    expect(report).toMatchObject({ refusedTotal: 1, written: false });
    expect(report.refused[0]).toMatchObject({ row: 2, column, cell, why: expect.stringMatching(why) });
    expect(await sizes()).toEqual(before);
  });

  test('are not randomised by an import, nor given answers before their consent', async () => {
    const screened = csv('id,sex,age,screened', 'HIL-0810,f,30,2026-01-05');
    await run(screened, mapping({ randomisedOn: undefined, arm: undefined }));
    const report = await run(csv(`${HEAD},${nine('b')}`, ['HIL-0810', ...first].join(',')), map);
    expect(report.refused.map(({ column, why }) => `${column}: ${why}`)).toEqual([
      'randomised: The day of randomisation of HIL-0810 is not on record; an import never overwrites.',
      'arm: HIL-0810 is on record and not randomised; an import randomises nobody who is.',
      'b1: HIL-0810 has not consented yet; record the consent first.',
    ]);
  });
});

describe('who may import what', () => {
  const text = csv(HEAD, 'HIL-0950,f,30,2026-01-05,2026-01-06,A');

  test('a blinded caller no arm', async () => {
    const blinded = { ...manager, blinded: true };
    await expect(run(text, mapping(), { as: blinded })).rejects.toMatchObject({
      kind: 'not-allowed',
      message: expect.stringMatching(/blinded/),
    });
  });

  test('a caller of one site nobody of another', async () => {
    const lake = await given.callerFor('data-manager', { site: 'lake' });
    expect((await run(text, mapping(), { as: lake })).refused).toMatchObject([
      { row: 2, column: 'id', why: 'The site “hill” isn’t one of yours.' },
    ]);
    const fixed = mapping({ site: { value: 'hill' } });
    await expect(run(text, fixed, { as: lake })).rejects.toMatchObject({ kind: 'not-allowed' });
  });
});

describe('mappings that don’t fit the study', () => {
  const answer = { column: 'a', visit: 'baseline', instrument: 'phq9', item: '1' };
  test.each([
    [{ site: { value: 'valley' } }, /no site “valley”/],
    [{ arm: { column: 'arm', codes: { A: 'running' } } }, /no arm “running”; it has walking, waiting/],
    [{ randomisedOn: undefined }, /the day of randomisation is needed/],
    [{ arm: undefined }, /of no use without the arm/],
    [{ screenedOn: { value: '2030-01-01' } }, /in the future/],
    [{ screening: [{ field: 'height', column: 'h' }] }, /no screening field “height”/],
    [{ screening: [{ field: 'sex', column: 's', codes: { x: 'other' } }] }, /Sex has no answer “other”/],
    [{ answers: [{ ...answer, visit: 'w9' }] }, /no visit “w9”; it has baseline, w8/],
    [{ answers: [{ ...answer, instrument: 'madrs' }] }, /Baseline has no form “madrs”/],
    [{ answers: [{ ...answer, item: '11' }] }, /PHQ-9 has no item “11”/],
    [{ answers: [{ ...answer, item: 'total' }] }, /“total” of PHQ-9 is a score/],
    [{ answers: [answer, { ...answer, column: 'b' }] }, /mapped already/],
    [{ answers: [{ ...answer, missing: { x: 'lost' } }] }, /“lost” is none of the protocol’s missing codes/],
    [{ answers: [{ ...answer, column: 'id' }] }, /“id” is read for participant already/],
    [{ ignore: ['age'] }, /“age” is read for screening.1/],
    [{ assessedOn: [{ column: 'on', visit: 'w8' }] }, /No column is mapped to an answer/],
  ])('%j', async (more, message) => {
    const reply = run(csv('id', '1'), mapping(more as object));
    await expect(reply).rejects.toMatchObject({ kind: 'not-valid', message: expect.stringMatching(message) });
  });
});
