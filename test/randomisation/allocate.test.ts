import { describe, expect, it } from 'vitest';
import {
  allocate,
  begin,
  commitment,
  type Design,
  decide,
  designHash,
  drawInteger,
  generatorFor,
  record,
  replay,
  score,
  seedFor,
} from '../../randomisation/index.ts';
import { toHex } from '../../randomisation/sha256.ts';
import { bytesFrom, design, minimisation } from './designs.ts';

const secret = Uint8Array.from({ length: 32 }, (_, i) => i);

describe('allocate', () => {
  it('draws a block’s size before its first arm, from the generator of the allocation that opens it', () => {
    const trial = design({ kind: 'permuted-blocks', sizes: [9, 3, 6] }, [1, 1, 1]);
    const seed = seedFor(secret, designHash(trial));
    const sizes = new Set<number>();
    for (let index = 1; index <= 30; index++) {
      const { block, arm } = decide(trial, begin(trial), {}, generatorFor(seed, 'test', 1, index));
      const again = generatorFor(seed, 'test', 1, index);
      // Ascending order, whatever the order in the design.
      expect(block).toBe([3, 6, 9][Number(drawInteger(again, 3n))]);
      expect(arm).toBe('abc'[Number(drawInteger(again, 3n))]);
      sizes.add(block!);
    }
    expect([...sizes].sort()).toEqual([3, 6, 9]);
  });

  it('gives the same allocation after a crash or a retry, and others for other indices, epochs and studies', () => {
    const trial = design({ kind: 'simple' }, [1, 1, 1, 1]);
    const seed = seedFor(secret, designHash(trial));
    const arms = (study: string, epoch: number) =>
      Array.from(
        { length: 40 },
        (_, i) => decide(trial, begin(trial), {}, generatorFor(seed, study, epoch, i + 1)).arm,
      ).join('');
    expect(arms('test', 1)).toBe(arms('test', 1));
    expect(new Set([arms('test', 1), arms('test', 2), arms('other', 1)]).size).toBe(3);
    expect(new Set(arms('test', 1)).size).toBe(4);
  });

  it('draws arms as often as their probabilities say', () => {
    // 2:1:1 minimisation from a fixed state; 6,000 draws, chi-square with 2 degrees of freedom, 99.9 % point 13.8.
    const trial = design(minimisation(), [2, 1, 1], [2]);
    const state = replay(trial, [{ factors: { f0: '0' }, arm: 'b' }]);
    const seed = seedFor(secret, designHash(trial));
    const { arms } = score(trial, state, { f0: '0' });
    const total = Object.values(arms).reduce((sum, { weight }) => sum + weight, 0n);
    const times: Record<string, number> = { a: 0, b: 0, c: 0 };
    for (let i = 1; i <= 6000; i++)
      times[decide(trial, state, { f0: '0' }, generatorFor(seed, 'test', 1, i)).arm]! += 1;
    const chi = Object.entries(times).reduce((sum, [id, n]) => {
      const expected = (6000 * Number(arms[id]!.weight)) / Number(total);
      return sum + (n - expected) ** 2 / expected;
    }, 0);
    expect(chi).toBeLessThan(13.8);
  });

  it('keeps the ratio 2:1 in the long run, with the biased coin and with pseudo-arms', () => {
    for (const unequal of ['biased-coin', 'pseudo-arms'] as const) {
      const trial = design(minimisation({ unequal }), [2, 1], [2, 3]);
      const state = begin(trial);
      const source = bytesFrom(11);
      let a = 0;
      for (let i = 0; i < 3000; i++) {
        if (allocate(trial, state, { f0: `${i % 2}`, f1: `${(i * 7) % 3}` }, source).arm === 'a') a += 1;
      }
      // Minimisation keeps the arms within a few participants of 2,000:1,000.
      expect(Math.abs(a - 2000)).toBeLessThan(15);
    }
  });

  it('names which factor is not known, and allocates nothing', () => {
    const trial = design(minimisation(), [1, 1], [2]);
    const state = begin(trial);
    expect(() => allocate(trial, state, {}, bytesFrom(1))).toThrow('The factor f0 is not known');
    expect(() => allocate(trial, state, { f0: '7' }, bytesFrom(1))).toThrow(
      '“7” is not a level of the factor f0',
    );
    expect(state).toEqual(begin(trial));
  });

  it('refuses a state of another design', () => {
    const trial = design({ kind: 'simple' }, [1, 1]);
    expect(() => decide(trial, begin({ ...trial }), {}, bytesFrom(1))).toThrow('another design');
  });
});

describe('an uploaded list', () => {
  const trial: Design = design(
    { kind: 'list', entries: ['a', 'b', 'b', 'a', 'a'].map((arm) => ({ stratum: 'f0=0', arm })) },
    [1, 1],
    [2],
  );

  it('is followed line by line', () => {
    const state = begin(trial);
    const arms = Array.from({ length: 5 }, () => allocate(trial, state, { f0: '0' }, bytesFrom(1)).arm);
    expect(arms.join('')).toBe('abbaa');
  });

  it('fails closed when it is used up, and where a stratum has no lines', () => {
    const state = begin(trial);
    for (let i = 0; i < 5; i++) allocate(trial, state, { f0: '0' }, bytesFrom(1));
    const before = structuredClone(state);
    expect(() => allocate(trial, state, { f0: '0' }, bytesFrom(1))).toThrow('used up');
    expect(() => allocate(trial, state, { f0: '1' }, bytesFrom(1))).toThrow('used up');
    expect(state).toEqual(before);
  });

  it('doesn’t accept a history that it can’t have given', () => {
    expect(() => record(begin(trial), { f0: '0' }, 'b')).toThrow('the list says otherwise');
  });
});

describe('commitment', () => {
  it('is SHA-256("commit-v1" ‖ s ‖ designHash)', async () => {
    const { createHash, createHmac } = await import('node:crypto');
    const hash = designHash(design({ kind: 'simple' }, [1, 1]));
    const bytes = Buffer.concat([Buffer.from('commit-v1'), secret, Buffer.from(hash, 'hex')]);
    expect(commitment(secret, hash)).toBe(createHash('sha256').update(bytes).digest('hex'));
    const beacon = Buffer.from('00ff', 'hex');
    expect(toHex(seedFor(secret, hash, beacon))).toBe(
      createHmac('sha256', secret).update(beacon).update(Buffer.from(hash, 'hex')).digest('hex'),
    );
  });

  it('needs a secret of 32 bytes', () => {
    expect(() => commitment(new Uint8Array(31), '0'.repeat(64))).toThrow(RangeError);
    expect(() => commitment(secret, 'abc')).toThrow(RangeError);
  });
});
