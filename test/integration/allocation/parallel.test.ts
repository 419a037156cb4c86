import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { replayLog } from '../../../randomisation/log/replayLog.ts';
import { Allocator, buildAllocator, type Program } from './processes.ts';
import { blocks, minimisation, studyOf } from './study.ts';
import { Trial } from './trial.ts';
import { expectFits } from './verified.ts';

/** 1,000 is the full test; fewer find the same faults a little less surely. */
const REQUESTS = Number(process.env.EQUIPOISE_ALLOCATIONS ?? 400);
const PROCESSES = 4;
const SITES = 20;

let trial: Trial;
let program: Program;
beforeAll(async () => {
  program = await buildAllocator();
});
afterAll(() => program?.remove());
const allocators: Allocator[] = [];
afterEach(async () => {
  await Promise.all(allocators.splice(0).map((one) => one.kill()));
  await trial?.close();
});

describe.each([
  ['minimisation', minimisation],
  ['stratified blocks', blocks(3, 6)],
])('%s', (_, rule) => {
  test(`${REQUESTS} requests at once to ${PROCESSES} processes are some order, without a gap or a double`, {
    timeout: 60_000 + 150 * REQUESTS,
  }, async () => {
    trial = await Trial.open(await studyOf({ rule, sites: SITES }));
    const coordinators = [await trial.as('coordinator'), await trial.another('coordinator')];
    for (let n = 0; n < PROCESSES; n += 1)
      allocators.push(new Allocator(program, trial, coordinators[n % 2]!));
    const codes = await trial.ready(
      Array.from({ length: REQUESTS }, (_, i) => ({
        site: `s${(i % SITES) + 1}`,
        values: { sex: (i * 7) % 5 < 2 ? 'male' : 'female', age: 20 + (i % 40) },
      })),
    );
    await Promise.all(allocators.map((one) => one.ready()));

    // Every tenth participant is asked for twice, by two people in two processes.
    const asked = codes.flatMap((code, i) =>
      [i, ...(i % 10 === 0 ? [i + 1] : [])].map((n) => ({ code, by: allocators[n % PROCESSES]! })),
    );
    const told = await Promise.all(asked.map(({ code, by }) => by.ask({ code, key: crypto.randomUUID() })));

    const slips = told.filter((one) => one.kind === 'slip');
    const refusals = told.filter((one) => one.kind === 'error');
    expect(slips).toHaveLength(REQUESTS);
    expect(new Set(slips.map(({ code }) => code)).size).toBe(REQUESTS);
    expect(slips.map(({ slip }) => slip.number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: REQUESTS }, (_, i) => i + 1),
    );
    expect(refusals).toHaveLength(asked.length - REQUESTS);
    for (const { message } of refusals) expect(message).toMatch(/Randomised already, no\. \d+/);

    const rows = await trial.allocations();
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, i) => i + 1));
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    for (const { slip } of slips) expect(slip).toMatchObject({ arm: { id: byNumber.get(slip.number)!.arm } });

    await trial.reveal();
    const log = await trial.export();
    expect(log.entries.map(({ participant }) => participant).sort()).toEqual([...codes].sort());
    expectFits(log, 'Chain, commitments, scores and draws');
    expect(replayLog(log).every(({ drawn, logged }) => drawn === logged)).toBe(true);
  });
});
