import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listFiles } from '../../../server/exports/list.ts';
import { writeDictionary, writeLong, writeWide } from '../../../server/exports/write.ts';
import { runImport } from '../../../server/imports/run.ts';
import { recordEvent } from '../../../server/participants/event.ts';
import type { Caller } from '../../../server/services.ts';
import { insertVersion } from '../../../server/studies/store.ts';
import { type TestServices, testServices } from '../../setup/services.ts';
import { Collector } from '../imports/collector.ts';
import { csv, mapping, phq9 } from '../imports/mapped.ts';
import { smallTrial } from '../imports/smallTrial.ts';

let given: TestServices;
let manager: Caller;

const nine = (prefix: string) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((item) => `${prefix}${item}`).join(',');

/**
 * Three participants, IDs out of order:
 * HIL-0002 walking: PHQ-9 at baseline 3,2,1,0,3,2,1,0 and item 9 refused. Sum of the eight 12, mean 1.5, so 13.5.
 *          Weight −3.5 kg, a dose that looks like a formula, no other drug; at week 8 all nine items 1: 9.
 * LAK-0001 waiting: at baseline items 1–6 answered 1, 7–9 refused: three missing are too many. At week 8 only item 1.
 * HIL-0001 in screening, without a form.
 */
beforeAll(async () => {
  given = await testServices({ study: await smallTrial() });
  manager = await given.callerFor('data-manager');
  const map = mapping({
    answers: [
      ...phq9('baseline', 'b'),
      ...phq9('w8', 'w'),
      { column: 'kg', visit: 'baseline', instrument: 'background', item: 'weight-change' },
      { column: 'dose', visit: 'baseline', instrument: 'medication', item: 'antidepressant-dose' },
    ],
    assessedOn: [{ column: 'on', visit: 'baseline', instrument: 'phq9' }],
  });
  const text = csv(
    `id,sex,age,screened,randomised,arm,on,${nine('b')},${nine('w')},kg,dose`,
    'LAK-0001,m,61,2026-01-07,2026-01-14,B,2026-01-08,1,1,1,1,1,1,-9,-9,-9,1,,,,,,,,,,',
    'HIL-0002,f,39,2026-01-05,2026-01-12,A,2026-01-05,3,2,1,0,3,2,1,0,-9,1,1,1,1,1,1,1,1,1,-3.5,"=2+""3"", mg"',
    'HIL-0001,f,50,2026-01-05,,,,,,,,,,,,,,,,,,,,,,,,',
  );
  const report = await runImport(given.services, manager, text, map, { dryRun: false });
  expect(report.refused).toEqual([]);
  await recordEvent(given.services, manager, 'LAK-0001', {
    key: crypto.randomUUID(),
    event: 'withdrawal',
    on: '2026-03-20',
    detail: 'Moved',
    lossReason: 'moved',
  });
});
afterAll(() => given?.close());

const writers = { long: writeLong, wide: writeWide, dictionary: writeDictionary };

async function take(file: keyof typeof writers, caller: Caller = manager): Promise<string> {
  const sink = new Collector();
  await writers[file](given.services, caller, sink);
  return sink.text;
}
const rowsOf = (text: string) => parse(text, { columns: true }) as Record<string, string>[];

describe('the long file', () => {
  test('is, to the letter, a row for each answer and each score', async () => {
    const lines = (await take('long')).split('\r\n');
    expect(lines[0]).toBe(
      'study,site,participant,arm,randomised_on,visit,visit_label,assessed_on,instrument,instrument_version,kind,item,label,value,value_label,missing,prorated,form_status,form_version,protocol_version',
    );
    const head = 'small-trial,hill,HIL-0002,walking,2026-01-12,baseline,Baseline';
    expect(lines.slice(1, 14)).toEqual([
      `${head},2026-01-05,phq9,1,answer,1,Little interest or pleasure,3,Nearly every day,,,complete,1,1`,
      `${head},2026-01-05,phq9,1,answer,2,Feeling down,2,More than half the days,,,complete,1,1`,
      `${head},2026-01-05,phq9,1,answer,3,Sleep,1,Several days,,,complete,1,1`,
      `${head},2026-01-05,phq9,1,answer,4,Tiredness,0,Not at all,,,complete,1,1`,
      ...lines.slice(5, 9),
      `${head},2026-01-05,phq9,1,answer,9,Thoughts of death or self-harm,,,refused,,complete,1,1`,
      `${head},2026-01-05,phq9,1,score,total,PHQ-9 total,13.5,Moderate,,1,complete,1,1`,
      `${head},,background,1,answer,weight-change,Weight change,-3.5,,,,started,1,1`,
      `${head},,medication,1,answer,antidepressant-dose,Drug and daily dose,"'=2+""3"", mg",,,,started,1,1`,
      'small-trial,hill,HIL-0002,walking,2026-01-12,w8,8 weeks,,phq9,1,answer,1,Little interest or pleasure,1,Several days,,,complete,1,1',
    ]);
    // 12 at baseline, 10 at week 8; LAK-0001: 10 and 2. Whoever has no form has no row.
    expect(lines).toHaveLength(1 + 22 + 12 + 1);
    expect(lines.at(-1)).toBe('');
  });

  test('a score without a value says why; a form that is not complete has none', async () => {
    const scores = rowsOf(await take('long')).filter(
      (row) => row.kind === 'score' && row.participant === 'LAK-0001',
    );
    expect(scores).toMatchObject([
      { visit: 'baseline', value: '', missing: 'not-computed', prorated: '', form_status: 'complete' },
      { visit: 'w8', value: '', missing: 'form-not-complete', prorated: '', form_status: 'started' },
    ]);
  });

  test('never leaves both value and missing empty', async () => {
    const rows = rowsOf(await take('long'));
    expect(rows.filter((row) => (row.value === '') === (row.missing === ''))).toEqual([]);
  });
});

describe('the wide file', () => {
  test('has a row for each participant, whether or not there are forms', async () => {
    const rows = rowsOf(await take('wide'));
    expect(rows.map((row) => row.participant)).toEqual(['HIL-0001', 'HIL-0002', 'LAK-0001']);
    expect(rows[0]).toMatchObject({
      status: 'screening',
      'screening.age': '50',
      'stratum.age': '40-and-over',
      arm: '',
      randomised_on: '',
      'baseline.phq9.form_status': '',
      'baseline.phq9.1': '',
      'baseline.phq9.1.missing': '',
    });
    expect(rows[1]).toMatchObject({
      study: 'small-trial',
      site: 'hill',
      status: 'randomised',
      screened_on: '2026-01-05',
      'screening.sex': 'female',
      'stratum.site': 'hill',
      'stratum.age': 'under-40',
      arm: 'walking',
      randomised_on: '2026-01-12',
      withdrawn_on: '',
      'baseline.phq9.assessed_on': '2026-01-05',
      'baseline.phq9.form_status': 'complete',
      'baseline.phq9.1': '3',
      'baseline.phq9.1.missing': '',
      'baseline.phq9.9': '',
      'baseline.phq9.9.missing': 'refused',
      'baseline.phq9.total': '13.5',
      'baseline.phq9.total.prorated': '1',
      'baseline.background.weight-change': '-3.5',
      'baseline.medication.antidepressant-dose': '\'=2+"3", mg',
      'w8.phq9.total': '9',
      'w8.phq9.total.prorated': '0',
    });
    expect(rows[2]).toMatchObject({
      status: 'withdrawn',
      withdrawn_on: '2026-03-20',
      withdrawal_reason: 'moved',
      'event.withdrawal': '2026-03-20',
      'event.stopped-walking': '',
      'baseline.phq9.total': '',
      'baseline.phq9.total.prorated': '',
      'w8.phq9.form_status': 'started',
      'w8.phq9.1': '1',
      'w8.phq9.2': '',
      'w8.phq9.2.missing': '',
      'w8.phq9.total': '',
    });
  });
});

describe('who gets what', () => {
  test('a blinded caller no arm: no column, no value, no event that tells, in none of the files', async () => {
    const statistician = await given.callerFor('statistician');
    expect(statistician.blinded).toBe(true);
    for (const file of ['long', 'wide', 'dictionary'] as const) {
      const text = await take(file, statistician);
      expect(text).not.toMatch(/walking|waiting|allocated arm|(^|,)arm(,|\r)/i);
    }
    // Otherwise the same rows in the same order.
    const without = ({ arm: _, ...row }: Record<string, string>) => row;
    expect(rowsOf(await take('long', statistician))).toEqual(rowsOf(await take('long')).map(without));
  });

  test('a caller of one site only its participants', async () => {
    const lake = await given.callerFor('investigator', { site: 'lake' });
    expect(new Set(rowsOf(await take('long', lake)).map((row) => row.participant))).toEqual(
      new Set(['LAK-0001']),
    );
    expect(rowsOf(await take('wide', lake)).map((row) => row.participant)).toEqual(['LAK-0001']);
    expect((await listFiles(given.services, lake)).files.map(({ rows }) => rows).slice(0, 2)).toEqual([
      12, 1,
    ]);
  });

  test('the list says how many rows each file has', async () => {
    const { files } = await listFiles(given.services, manager);
    for (const { id, rows } of files.filter((file) => file.id in writers))
      expect(rowsOf(await take(id as keyof typeof writers)), id).toHaveLength(rows);
    expect(files.map(({ file }) => file)).toEqual([
      'S-1-e-long-2026-11-23.csv',
      'S-1-e-wide-2026-11-23.csv',
      'S-1-e-harms-2026-11-23.csv',
      'S-1-e-deviations-2026-11-23.csv',
      'S-1-e-medication-2026-11-23.csv',
      'S-1-e-sessions-2026-11-23.csv',
      'S-1-e-events-2026-11-23.csv',
      'S-1-e-dictionary-2026-11-23.csv',
    ]);
  });
});

describe('the audit trail', () => {
  test('has each file before its first byte leaves, with counts', async () => {
    const taken = () =>
      given.services.db.read
        .selectFrom('audit')
        .selectAll()
        .where('action', '=', 'exports.take')
        .orderBy('seq')
        .execute();
    const before = (await taken()).length;
    const counts: number[] = [];
    const sink = new Writable({
      write(_chunk, _encoding, done) {
        taken().then((rows) => {
          counts.push(rows.length);
          done();
        }, done);
      },
    });
    await writeLong(given.services, manager, sink);
    sink.end();
    await finished(sink);
    expect(counts[0]).toBe(before + 1);
    const [entry] = (await taken()).slice(-1);
    expect(entry).toMatchObject({ user_id: manager.user.id, subject: 'study:small-trial' });
    expect(JSON.parse(entry!.after!)).toEqual({
      file: 'long',
      participants: 3,
      forms: 6,
      sites: 'all',
      blinded: false,
    });
  });
});

describe('an amendment', () => {
  test('that drops a visit keeps what was answered there, under the protocol version of its day', async () => {
    const amended = await testServices({ study: await smallTrial() });
    try {
      const caller = await amended.callerFor('data-manager');
      const map = mapping({ answers: [...phq9('baseline', 'b'), ...phq9('w8', 'w')] });
      const text = csv(
        `id,sex,age,screened,randomised,arm,${nine('b')},${nine('w')}`,
        `HIL-0001,f,39,2026-01-05,2026-01-12,A${',1'.repeat(18)}`,
      );
      await runImport(amended.services, caller, text, map, { dryRun: false });
      const { document, instruments } = await smallTrial((yaml) =>
        yaml.replace('\nversion: 1', '\nversion: 2').replace('- id: w8', '- id: w12'),
      );
      await amended.services.db.write((tx) =>
        insertVersion(tx, {
          id: document.id,
          document,
          instruments,
          hash: 'second',
          at: '2026-06-01T09:00:00.000Z',
          by: null,
        }),
      );
      const later = await amended.callerFor('data-manager');
      expect(later.study.version).toBe(2);
      const sink = new Collector();
      await writeLong(amended.services, later, sink);
      const rows = rowsOf(sink.text);
      expect(rows).toHaveLength(20);
      expect(rows.at(-1)).toMatchObject({ visit: 'w8', kind: 'score', value: '9', protocol_version: '1' });
    } finally {
      await amended.close();
    }
  });
});

describe('many participants', () => {
  const MANY = 700;
  let big: TestServices;
  let caller: Caller;
  beforeAll(async () => {
    big = await testServices({ study: await smallTrial() });
    caller = await big.callerFor('data-manager');
    const rows = Array.from(
      { length: MANY },
      (_, index) => `HIL-${1000 + index},f,39,2026-01-05,2026-01-12,A${',1'.repeat(18)}`,
    );
    const text = csv(`id,sex,age,screened,randomised,arm,${nine('b')},${nine('w')}`, ...rows);
    const map = mapping({ answers: [...phq9('baseline', 'b'), ...phq9('w8', 'w')] });
    expect(await runImport(big.services, caller, text, map, { dryRun: false })).toMatchObject({
      participants: MANY,
    });
  });
  afterAll(() => big?.close());

  test('the file is as of one instant, whatever is written while it is read', async () => {
    const parts: string[] = [];
    let disturbed = false;
    const sink = new Writable({
      decodeStrings: false,
      write(chunk, _encoding, done) {
        parts.push(String(chunk));
        if (disturbed) return done();
        disturbed = true;
        // The last participant, not read yet, withdraws, and another one comes after.
        big.services.db
          .write(async (tx) => {
            await tx
              .updateTable('participant')
              .set({ status: 'withdrawn' })
              .where('code', '=', 'HIL-1699')
              .execute();
            const one = await tx
              .selectFrom('participant')
              .selectAll()
              .where('code', '=', 'HIL-1699')
              .executeTakeFirstOrThrow();
            await tx
              .insertInto('participant')
              .values({ ...one, id: crypto.randomUUID(), code: 'HIL-9999' })
              .execute();
          })
          .then(() => done(), done);
      },
    });
    const progress: number[] = [];
    const written = await writeWide(big.services, caller, sink, ({ participants }) =>
      progress.push(participants),
    );
    const rows = rowsOf(parts.join(''));
    expect(disturbed).toBe(true);
    expect(written).toEqual({ rows: MANY, participants: MANY });
    expect(rows.at(-1)).toMatchObject({ participant: 'HIL-1699', status: 'randomised' });
    expect(progress.at(-1)).toBe(MANY);
    const after = new Collector();
    await writeWide(big.services, caller, after);
    expect(rowsOf(after.text)).toHaveLength(MANY + 1);
  });

  test('a slow reader is waited for: little is ever held for it', async () => {
    let held = 0;
    let bytes = 0;
    const sink: Writable = new Writable({
      highWaterMark: 1024,
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        held = Math.max(held, sink.writableLength);
        wait(2).then(() => done());
      },
    });
    await writeLong(big.services, caller, sink);
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(held).toBeLessThan(200_000);
  });

  test('a reader that goes away ends the export, and the next one runs', async () => {
    const sink = new Writable({
      write(_chunk, _encoding, done) {
        done();
        this.destroy();
      },
    });
    await expect(writeLong(big.services, caller, sink)).rejects.toThrow();
    const next = new Collector();
    expect(await writeLong(big.services, caller, next)).toMatchObject({ rows: MANY * 20 });
  });
});
