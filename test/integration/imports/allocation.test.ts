import { afterAll, beforeAll, expect, test } from 'vitest';
import { verify } from '../../../randomisation/verifier.mjs';
import { runImport } from '../../../server/imports/contract.ts';
import { exportAllocations } from '../../../server/randomisation/exportLog.ts';
import type { Caller } from '../../../server/services.ts';
import { Enrolment } from '../../setup/enrol.ts';
import { done, type TestServer, testServer } from '../../setup/http.ts';
import { csv } from './mapped.ts';

/** A trial that moves to Equipoise half-way: allocations come from elsewhere first, then from the service. */

const study = 'ipt-depression';
let server: TestServer;
beforeAll(async () => {
  server = await testServer([study]);
});
afterAll(() => server?.close());

const bring = async (...rows: string[]) =>
  done(await server.as('data-manager'), runImport, {
    params: { study },
    body: {
      key: crypto.randomUUID(),
      csv: csv('id,sex,age,on,arm', ...rows),
      mapping: {
        participant: { column: 'id' },
        screenedOn: { column: 'on' },
        randomisedOn: { column: 'on' },
        arm: { column: 'arm', codes: { I: 'ipt', P: 'pegt', T: 'tau' } },
        screening: [
          { field: 'sex', column: 'sex' },
          { field: 'age', column: 'age' },
        ],
      },
      dryRun: false,
    },
  });

test('the log stays one chain that a stranger can verify, and the service goes on from it', async () => {
  const first = await bring(
    'LOH-0001,female,30,2026-01-05,I',
    'LOH-0002,female,31,2026-01-06,I',
    'VIH-0001,male,32,2026-01-07,T',
  );
  expect(first).toMatchObject({ participants: 3, written: true });

  const enrolment = new Enrolment(server, await server.study(study), await server.as('coordinator'));
  // The next ID after those of the file.
  expect(await enrolment.upTo('randomised', 'lohja')).toBe('LOH-0003');
  expect(await enrolment.upTo('randomised', 'vihti')).toBe('VIH-0002');
  await bring('VIH-0009,male,40,2026-02-01,P');
  expect(await enrolment.upTo('randomised', 'vihti')).toBe('VIH-0010');

  const caller: Caller = {
    user: await server.account('Reader'),
    study: await server.study(study),
    roles: ['data-manager'],
    sites: null,
    blinded: false,
  };
  const log = await exportAllocations(server.services, caller);
  expect(log.entries.map(({ index, source, participant }) => `${index} ${source} ${participant}`)).toEqual([
    '1 imported LOH-0001',
    '2 imported LOH-0002',
    '3 imported VIH-0001',
    '4 service LOH-0003',
    '5 service VIH-0002',
    '6 imported VIH-0009',
    '7 service VIH-0010',
  ]);
  expect(verify(log)).toMatchObject({ problems: [] });
  // One letter of an imported entry changed, and it doesn't fit any more.
  const tampered = structuredClone(log);
  tampered.entries[1]!.participant = 'LOH-0099';
  expect(verify(tampered).problems).not.toEqual([]);
});
