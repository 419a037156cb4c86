import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Allocator, type Asked, buildAllocator, type Program, type Told } from './processes.ts';
import { minimisation, studyOf } from './study.ts';
import { Trial } from './trial.ts';
import { expectFits } from './verified.ts';

/** 200 is the full test. */
const KILLS = Number(process.env.EQUIPOISE_KILLS ?? 6);
/** A process lives this long at most from its first request, in milliseconds: for some allocations and a part of one. */
const LIFE = 30;
const PEOPLE = 6 * KILLS;

let trial: Trial;
let program: Program;
beforeAll(async () => {
  program = await buildAllocator();
});
afterAll(() => program?.remove());
const alive = new Set<Allocator>();
afterEach(async () => {
  await Promise.all([...alive].map((one) => one.kill()));
  await trial?.close();
});

test(`a server killed in the middle of its work ${KILLS} times loses nothing and draws nothing twice`, {
  timeout: 60_000 + 6_000 * KILLS,
}, async () => {
  trial = await Trial.open(await studyOf({ rule: minimisation }));
  const coordinator = await trial.as('coordinator');
  const start = (): Allocator => {
    const one = new Allocator(program, trial, coordinator);
    alive.add(one);
    return one;
  };
  const end = async (one: Allocator): Promise<void> => {
    await one.kill();
    alive.delete(one);
  };
  const codes = await trial.ready(Array.from({ length: PEOPLE }, (_, i) => ({ site: `s${(i % 2) + 1}` })));
  const waiting: Asked[] = codes.map((code) => ({ code, key: crypto.randomUUID() }));
  const answered = new Map<string, Told>();

  let next = start();
  for (let kills = 0; kills < KILLS; kills += 1) {
    const now = await next.ready();
    next = start();
    let dead = false;
    const death = new Promise<void>((resolve) => setTimeout(resolve, Math.random() * LIFE)).then(async () => {
      dead = true;
      await end(now);
    });
    while (!dead && waiting.length > 0) {
      // A request that got no answer stays first in line, with the same key.
      const told = await Promise.race([now.ask(waiting[0]!), death]);
      if (!told) break;
      answered.set(waiting.shift()!.code, told);
    }
    await death;
  }
  const last = await next.ready();
  for (const asked of waiting) answered.set(asked.code, await last.ask(asked));

  const rows = await trial.allocations();
  expect(rows.map(({ number }) => number)).toEqual(codes.map((_, i) => i + 1));
  const people = await trial.services.db.read.selectFrom('participant').select(['id', 'code']).execute();
  const codeOf = new Map(people.map(({ id, code }) => [id, code]));
  for (const row of rows)
    expect(answered.get(codeOf.get(row.participant_id)!)).toMatchObject({
      kind: 'slip',
      slip: { number: row.number, arm: { id: row.arm }, entryHash: row.hash, at: row.allocated_at },
    });
  // Asked once more, with the key of the first time, each gets what it got.
  for (const [code, told] of answered) {
    if (told.kind !== 'slip') throw new Error(JSON.stringify(told));
    expect(await last.ask({ code, key: told.key })).toEqual(told);
  }
  await trial.reveal();
  expectFits(await trial.export(), 'Chain, commitments, scores and draws');
});
