import { afterAll, beforeAll, expect, test } from 'vitest';
import { runImport } from '../../../server/imports/run.ts';
import { loadInstruments } from '../../../server/instruments/load.ts';
import { activateVersion, approveVersion } from '../../../server/studies/activate.ts';
import { checkAmendment, recordAmendment } from '../../../server/studies/versions.ts';
import { plainAnswers } from '../../setup/enrol.ts';
import { type TestServices, testServices } from '../../setup/services.ts';
import type { Given } from './mapped.ts';
import { csv, mapping, phq9 } from './mapped.ts';
import { smallTrial, YAML } from './smallTrial.ts';

const nine = (of: string | number) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => (typeof of === 'string' ? `${of}${n}` : of));
let given: TestServices;
beforeAll(async () => {
  given = await testServices({ study: await smallTrial() });
  const owner = await given.callerFor('owner');
  // The second version drops the medication at 8 weeks; only the Hill clinic works under it.
  const text = YAML.replace('version: 1', 'version: 2').replace(
    'instruments: [phq9, medication]',
    'instruments: [phq9]',
  );
  const { problems, amendment } = await checkAmendment(given.services, owner, { text, instruments: [] });
  expect(problems).toEqual([]);
  await recordAmendment(given.services, owner, { text, instruments: [], hash: amendment!.hash });
  const approval = { committee: 'Committee', reference: 'R/2', decidedOn: '2026-11-20' };
  await approveVersion(given.services, owner, 2, { ...approval, site: 'hill' });
  await activateVersion(given.services, await given.callerFor('owner'), 2, ['hill']);
});
afterAll(() => given?.close());

const run = async (text: string, more: Given) =>
  runImport(given.services, await given.callerFor('data-manager'), text, mapping(more), {
    dryRun: false,
    file: 'two-sites.csv',
  });

test('each row is held to the version that is active at its site, and stamped with it', async () => {
  const drug = { column: 'drug', visit: 'w8', instrument: 'medication', item: 'antidepressant-dose' };
  const answers = [...phq9('w8', 'w'), drug];
  const head = ['id', 'sex', 'age', 'screened', 'randomised', 'arm', ...nine('w'), 'drug'].join(',');
  const row = (id: string, medicine: string) =>
    [id, 'f', 39, '2026-01-05', '2026-01-12', 'A', ...nine(1), medicine].join(',');
  const refused = await run(csv(head, row('HIL-0001', '50'), row('LAK-0001', '50')), { answers });
  expect(refused.refused).toEqual([
    {
      row: 2,
      column: 'drug',
      cell: '50',
      why: expect.stringMatching(
        /^Protocol version 2 is active at this site\. 8 weeks has no form “medication”/,
      ),
    },
  ]);
  const report = await run(csv(head, row('HIL-0001', ''), row('LAK-0001', '50')), { answers });
  expect(report).toMatchObject({ written: true, participants: 2, refusedTotal: 0 });
  const forms = await given.services.db.read
    .selectFrom('form')
    .innerJoin('participant', 'participant.id', 'form.participant_id')
    .select(['code', 'instrument', 'study_version'])
    .orderBy('code')
    .orderBy('instrument')
    .execute();
  expect(forms).toEqual([
    { code: 'HIL-0001', instrument: 'phq9', study_version: 2 },
    { code: 'LAK-0001', instrument: 'medication', study_version: 1 },
    { code: 'LAK-0001', instrument: 'phq9', study_version: 1 },
  ]);
});

test('a mapping that no site’s version knows is refused before a row is read', async () => {
  const answers = [{ column: 'w1', visit: 'w8', instrument: 'background', item: 'weight' }];
  await expect(run('id,w1\n', { answers })).rejects.toThrow(/8 weeks has no form “background”/);
});

test('complete forms ask about unusual answers and days in the import’s transaction, numbered on', async () => {
  const background = (await loadInstruments('data/instruments')).get('background')!;
  const plain = Object.entries(plainAnswers(background)).map(([item, answer]) => ({
    item,
    cell: 'value' in answer ? [answer.value].flat().join('|') : '',
  }));
  const head = [
    'id',
    'sex',
    'age',
    'screened',
    'randomised',
    'arm',
    'on',
    ...nine('w'),
    ...plain.map(({ item }) => item),
  ];
  const row = (id: string, day: string, onset: number) => [
    ...[id, 'f', 39, '2026-01-05', '2026-01-12', 'A', day, ...nine(1)],
    ...plain.map(({ item, cell }) => (item === 'first-onset' ? onset : cell)),
  ];
  const rows = [
    row('LAK-0002', '2026-04-30', 20),
    row('LAK-0003', '2026-03-09', 20),
    row('LAK-0004', '2026-03-09', 3),
  ];
  const text = csv(...[head, ...rows].map((cells) => cells.join(',')));
  const more = {
    answers: [
      ...phq9('w8', 'w'),
      ...plain.map(({ item }) => ({ column: item, visit: 'baseline', instrument: 'background', item })),
    ],
    assessedOn: [{ column: 'on', visit: 'w8' }],
  };
  const dry = await runImport(given.services, await given.callerFor('data-manager'), text, mapping(more), {
    dryRun: true,
  });
  expect(dry.refused).toEqual([]);
  expect(dry).toMatchObject({ queries: 2, written: false });
  expect(await run(text, more)).toMatchObject({ queries: 2, written: true });
  const queries = await given.services.db.read
    .selectFrom('query')
    .innerJoin('participant', 'participant.id', 'query.participant_id')
    .select(['code', 'number', 'visit', 'instrument', 'automatic', 'cause', 'query.status', 'text'])
    .orderBy('number')
    .execute();
  // 12 January + 56 days is 9 March, 7 days either way.
  expect(queries).toMatchObject([
    {
      code: 'LAK-0002',
      number: 1,
      visit: 'w8',
      instrument: 'phq9',
      automatic: 1,
      cause: 'window',
      status: 'open',
    },
    // The form expects an age of 5 at least at the first episode.
    {
      code: 'LAK-0004',
      number: 2,
      visit: 'baseline',
      instrument: 'background',
      cause: 'expected',
      automatic: 1,
    },
  ]);
  expect(queries[0]!.text).toBe(
    'Assessed on 2026-04-30, after the window closed. Reason given: Imported from two-sites.csv, row 2',
  );
  const trail = await given.services.db.read
    .selectFrom('audit')
    .select('subject')
    .where('action', '=', 'queries.open')
    .orderBy('seq')
    .execute();
  expect(trail.map(({ subject }) => subject)).toEqual(['query:LAK-0002/1', 'query:LAK-0004/2']);
});
