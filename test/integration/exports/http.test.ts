import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImportReport } from '../../../server/imports/contract.ts';
import { type TestServices, testServices } from '../../setup/services.ts';
import { csv } from '../imports/mapped.ts';
import { smallTrial } from '../imports/smallTrial.ts';

let given: TestServices;
beforeAll(async () => {
  given = await testServices({ study: await smallTrial() });
});
afterAll(() => given?.close());

const IMPORTS = '/api/studies/small-trial/imports';
const EXPORTS = '/api/studies/small-trial/exports';
const file = csv('id,sex,age,screened,randomised,arm', 'HIL-0001,female,30,2026-01-05,2026-01-06,A');
const mapping = {
  participant: { column: 'id' },
  screenedOn: { column: 'screened' },
  randomisedOn: { column: 'randomised' },
  arm: { column: 'arm', codes: { A: 'walking' } },
  screening: [
    { field: 'sex', column: 'sex' },
    { field: 'age', column: 'age' },
  ],
};

describe('over HTTP', () => {
  test('an import is done once for each key, and its file comes back as a download', async () => {
    const manager = await given.agentFor('data-manager');
    const key = crypto.randomUUID();
    const body = { key, csv: file, file: 'people.csv', mapping, dryRun: false };
    const dry = await manager.post(IMPORTS).send({ ...body, dryRun: true });
    expect(dry.body).toMatchObject({ rows: 1, written: false } satisfies Partial<ImportReport>);
    const [first, second] = await Promise.all([
      manager.post(IMPORTS).send(body),
      manager.post(IMPORTS).send(body),
    ]);
    expect(first.status, first.text).toBe(200);
    expect(first.body).toMatchObject({ participants: 1, written: true });
    expect(second.body).toEqual(first.body);

    const wide = await manager.get(`${EXPORTS}/wide.csv`);
    expect(wide.status).toBe(200);
    expect(wide.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(wide.headers['content-disposition']).toBe('attachment; filename="S-1-e-wide-2026-11-23.csv"');
    expect(wide.headers['cache-control']).toBe('no-store');
    expect(wide.text.split('\r\n')).toHaveLength(3);
    for (const name of ['long', 'dictionary'])
      expect((await manager.get(`${EXPORTS}/${name}.csv`)).status).toBe(200);
    expect((await manager.get(EXPORTS)).body.files).toHaveLength(8);
  });

  test('a refused cell is in the report; a header that doesn’t fit is a refusal in words', async () => {
    const manager = await given.agentFor('data-manager');
    const body = { key: crypto.randomUUID(), mapping, dryRun: false };
    const refused = await manager
      .post(IMPORTS)
      .send({ ...body, csv: file.replace('0001', '0002').replace('30', 'x') });
    expect(refused.body).toMatchObject({ written: false, refused: [{ row: 2, column: 'age', cell: 'x' }] });
    const wrong = await manager.post(IMPORTS).send({ ...body, csv: file.replace('age', 'years') });
    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({
      error: 'not-valid',
      message: expect.stringMatching(/“age”.*“years”/),
    });
  });

  test('only roles of the access table may', async () => {
    const coordinator = await given.agentFor('coordinator');
    const key = crypto.randomUUID();
    expect((await coordinator.post(IMPORTS).send({ key, csv: file, mapping, dryRun: true })).status).toBe(
      403,
    );
    const refused = await coordinator.get(`${EXPORTS}/long.csv`);
    expect(refused.status).toBe(403);
    expect(refused.headers['content-type']).toMatch(/json/);
    expect(refused.headers['content-disposition']).toBeUndefined();
  });

  test('a blinded role gets no arm, and may not bring one', async () => {
    const statistician = await given.agentFor('statistician');
    for (const name of ['long', 'wide', 'dictionary']) {
      const reply = await statistician.get(`${EXPORTS}/${name}.csv`);
      expect(reply.status).toBe(200);
      expect(JSON.stringify(reply.headers) + reply.text).not.toMatch(/walking|waiting/i);
    }
  });
});
