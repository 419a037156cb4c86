import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportDictionary, exportLong, exportWide } from '../../server/exports/contract.ts';
import {
  downloadFile,
  type ItemValues,
  readForm,
  saveForm,
  uploadFile,
} from '../../server/forms/contract.ts';
import { parseInstrument } from '../../server/instruments/load.ts';
import { Enrolment } from '../setup/enrol.ts';
import { type Agent, done, refused, send, type TestServer, testServer } from '../setup/http.ts';

const file = 'data/instruments/treatment-history.yaml';
/** With a calculated item among those that “None of these” hides. */
const text = (await readFile(file, 'utf8')).replace(
  '  - id: taken-at\n',
  '  - id: share\n    label: Adequate share\n    kind: calculated\n    expression: adequate / courses\n    decimals: 2\n$&',
);
const history = parseInstrument(text, { file });
const day = '2026-11-23';
let server: TestServer;
let coordinator: Agent;
let manager: Agent;
let params: Record<string, string>;
let enrolment: Enrolment;

beforeAll(async () => {
  server = await testServer(['ipt-depression'], {
    change: ({ document, instruments }) => ({
      document: {
        ...document,
        visits: document.visits.map((visit) =>
          visit.baseline ? { ...visit, instruments: [...visit.instruments, history.id] } : visit,
        ),
      },
      instruments: [...instruments, history],
    }),
  });
  [coordinator, manager] = await Promise.all([server.as('coordinator'), server.as('data-manager')]);
  enrolment = new Enrolment(server, await server.study('ipt-depression'), coordinator);
  const code = await enrolment.upTo('consented');
  params = enrolment.params(code, { visit: enrolment.baseline, instrument: history.id });
});
afterAll(() => server?.close());

test('a form with every kind is branched, checked, explained, completed and exported', async () => {
  const bytes = Buffer.from('%PDF-1.4 a referral');
  const upload = {
    key: crypto.randomUUID(),
    item: 'referral',
    name: 'Lähete (1).pdf',
    type: 'application/pdf',
    content: bytes.toString('base64'),
  };
  const referral = await done(coordinator, uploadFile, { params, body: upload });
  expect(referral.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(await done(coordinator, uploadFile, { params, body: upload }), 'a retry').toEqual(referral);
  const disguised = {
    ...upload,
    key: crypto.randomUUID(),
    content: Buffer.from('<html>').toString('base64'),
  };
  await refused(coordinator, uploadFile, { params, body: disguised }, 400);

  const values: ItemValues = {
    kinds: { value: [1, 2] },
    'first-treated': { value: '2024-03' },
    referral: { value: referral },
    courses: { value: 2 },
    adequate: { value: 3 },
    'taken-at': { value: '22:15' },
    height: { value: 150 },
    weight: { value: 130.5 },
    hope: { value: 61 },
  };
  const save = (body: object, status = 200) =>
    status === 200
      ? done(coordinator, saveForm, { params, body })
      : refused(coordinator, saveForm, { params, body }, status);
  const draft = await done(coordinator, saveForm, { params, body: { version: 0, values } });
  // 130.5 kg at 1.5 m is 58.
  expect(draft.calculated).toContainEqual({ item: 'bmi', value: { value: 58 }, why: null });
  const complete = { version: 1, values, assessedOn: day, complete: true };
  expect(await save(complete, 400)).toMatchObject({
    issues: [{ path: 'values.adequate' }, { path: 'reasons.unusual-bmi' }],
  });
  const right = { ...complete, values: { ...values, adequate: { value: 1 } } };
  const reasons = { 'unusual-bmi': 'Measured twice' };
  expect(await save({ ...right, reasons })).toMatchObject({ status: 'complete', reasons, openQueries: 1 });
  const hidden = {
    ...right,
    version: 2,
    reason: 'Asked again',
    values: { ...right.values, kinds: { value: [2] } },
  };
  expect(await save(hidden, 400), 'answers that no longer apply are not dropped').toMatchObject({
    issues: [{ path: 'values.courses' }, { path: 'values.adequate' }, { path: 'values.taken-at' }],
  });
  const foreign = { ...values, referral: { value: { ...referral, file: crypto.randomUUID() } } };
  await save(
    { ...right, version: 2, reason: 'Another file', values: { ...foreign, adequate: { value: 1 } } },
    400,
  );
  expect((await done(coordinator, readForm, { params })).version).toBe(2);

  const answer = await send(coordinator, downloadFile, { params: { ...params, file: referral.file } });
  expect(answer.body).toEqual(bytes);

  const wide = await send(manager, exportWide, { params: enrolment.params() });
  const [head, row] = wide.text.split('\r\n').map((line) => line.split(','));
  const cell = (column: string) => row![head!.indexOf(`baseline.treatment-history.${column}`)];
  expect([cell('kinds.1'), cell('kinds.2'), cell('kinds.3'), cell('kinds.0')]).toEqual(['1', '1', '0', '0']);
  expect([cell('first-treated'), cell('taken-at'), cell('bmi'), cell('hope')]).toEqual([
    '2024-03',
    '22:15',
    '58',
    '61',
  ]);
  expect([cell('referral'), cell('referral.sha256')]).toEqual([upload.name, referral.sha256]);
});

test('what the form hides is told from what nobody answered, in both files and in their dictionary', async () => {
  const code = await enrolment.upTo('consented');
  const at = enrolment.params(code, { visit: enrolment.baseline, instrument: history.id });
  // “None of these” hides the courses of medication; the height is left blank.
  const body = { version: 0, assessedOn: day, values: { kinds: { value: [0] } }, complete: false };
  await done(coordinator, saveForm, { params: at, body });
  const records = async (endpoint: typeof exportWide | typeof exportLong | typeof exportDictionary) =>
    parse((await send(manager, endpoint, { params: enrolment.params() })).text, { columns: true }) as Record<
      string,
      string
    >[];
  const wide = (await records(exportWide)).find(({ participant }) => participant === code)!;
  const cell = (column: string) => wide[`baseline.treatment-history.${column}`];
  expect([cell('courses'), cell('courses.missing')]).toEqual(['', 'hidden-by-branching']);
  expect([cell('height'), cell('height.missing')]).toEqual(['', '']);
  expect([cell('share'), cell('share.missing')]).toEqual(['', 'hidden-by-branching']);
  // Always asked for, it can be neither hidden nor missing: there is no column that says why.
  expect([cell('bmi'), cell('bmi.missing')]).toEqual(['', undefined]);
  const long = (await records(exportLong)).filter(({ participant }) => participant === code);
  expect(long.find(({ item }) => item === 'courses')).toMatchObject({
    value: '',
    missing: 'hidden-by-branching',
    kind: 'answer',
  });
  expect(long.find(({ item }) => item === 'height')).toBeUndefined();
  expect(long.find(({ item }) => item === 'share')).toMatchObject({
    value: '',
    missing: 'hidden-by-branching',
    kind: 'calculated',
  });
  const entries = await records(exportDictionary);
  const codes = (column: string) =>
    entries.find((entry) => entry.column === `baseline.treatment-history.${column}.missing`)!.codes;
  expect(codes('courses')).toContain('hidden-by-branching = Not asked');
  expect(codes('height')).not.toContain('hidden-by-branching');
  expect(codes('share')).toMatch(/^hidden-by-branching = Not asked[^|]*$/);
  expect(entries.find(({ file, column }) => file === 'long' && column === 'missing')!.codes).toContain(
    'hidden-by-branching = Not asked',
  );
});
