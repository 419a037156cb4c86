import { describe, expect, it } from 'vitest';
import {
  allocate,
  begin,
  correct,
  emergencyList,
  listUse,
  nextEpoch,
  record,
  replay,
  score,
  slotFor,
} from '../../randomisation/index.ts';
import { bytesFrom, design, minimisation } from './designs.ts';
import { secret } from './trialLog.ts';

describe('a correction of factors', () => {
  const trial = design(minimisation(), [1, 1], [2]);

  it('counts in future minimisation as if the true level had been known', () => {
    const corrected = correct(
      replay(trial, [{ factors: { f0: '0' }, arm: 'a' }]),
      { f0: '0' },
      { f0: '1' },
      'a',
    );
    expect(corrected).toEqual(replay(trial, [{ factors: { f0: '1' }, arm: 'a' }]));
  });

  it('leaves the places of blocks as they are', () => {
    const blocks = design({ kind: 'permuted-blocks', sizes: [4] }, [1, 1], [2]);
    const state = replay(blocks, [{ factors: { f0: '0' }, arm: 'a' }]);
    const before = structuredClone(state.strata);
    correct(state, { f0: '0' }, { f0: '1' }, 'a');
    expect(state.strata).toEqual(before);
  });

  it('is refused for someone who was never recorded', () => {
    const state = begin(trial);
    expect(() => correct(state, { f0: '0' }, { f0: '1' }, 'a')).toThrow('No such participant');
    expect(state).toEqual(begin(trial));
  });
});

describe('an allocation from outside', () => {
  it('counts for balance but takes no place of a block, an urn or a list', () => {
    const blocks = design({ kind: 'permuted-blocks', sizes: [2] }, [1, 1]);
    const state = record(begin(blocks), {}, 'a');
    record(state, {}, 'a', { outside: true });
    expect(score(blocks, state, {}).arms.b!.probability).toBe('1/1');
    expect(state.strata.get('')!.counts).toEqual([2, 0]);
    const urn = design({ kind: 'block-urn', lambda: 1 }, [1, 1]);
    const drawn = record(begin(urn), {}, 'a', { outside: true });
    expect(score(urn, drawn, {}).arms.a!.probability).toBe('1/2');
    const minimised = design(minimisation(), [1, 1], [1]);
    const counted = record(begin(minimised), { f0: '0' }, 'a', { outside: true });
    expect(score(minimised, counted, { f0: '0' }).arms.b!.probability).toBe('4/5');
  });

  it('fills the emptiest pseudo-arm', () => {
    const trial = design(minimisation({ unequal: 'pseudo-arms' }), [2, 1], [1]);
    const state = begin(trial);
    expect(slotFor(state, 'a')).toBe(1);
    record(state, { f0: '0' }, 'a', { outside: true });
    expect(state.overall).toEqual([1, 0, 0]);
    expect(slotFor(state, 'a')).toBe(2);
    expect(slotFor(begin(design({ kind: 'simple' }, [1, 1])), 'a')).toBeUndefined();
  });
});

describe('a new epoch', () => {
  const old = design(minimisation(), [1, 1], [2, 3]);
  const state = replay(old, [
    { factors: { f0: '0', f1: '2' }, arm: 'a' },
    { factors: { f0: '1', f1: '2' }, arm: 'a' },
  ]);

  it('carries counts over where arms and ratios stay, level by level', () => {
    // A site (f0) is closed and another opened; f1 stays.
    const later = { ...old, factors: [{ id: 'f0', levels: ['1', '2'] }, old.factors[1]!] };
    const { state: carried } = nextEpoch(later, state);
    expect(carried.margins[0]).toEqual([
      [1, 0],
      [0, 0],
    ]);
    expect(carried.margins[1]).toEqual(state.margins[1]);
    expect([carried.overall, carried.total]).toEqual([[2, 0], 2]);
    expect(state.margins[0]).toEqual([
      [1, 0],
      [1, 0],
    ]);
  });

  it('begins from nothing where an arm is added or the ratio changes', () => {
    for (const ratio of [
      [1, 1, 1],
      [2, 1],
    ]) {
      const later = design(minimisation(), ratio, [2, 3]);
      expect(nextEpoch(later, state).state).toEqual(begin(later));
    }
  });

  it('retires open blocks and names what was left in them', () => {
    const blocks = design({ kind: 'permuted-blocks', sizes: [6] }, [2, 1], [2]);
    const before = replay(blocks, [
      { factors: { f0: '1' }, arm: 'b' },
      { factors: { f0: '1' }, arm: 'a' },
    ]);
    const { state: after, retired } = nextEpoch(blocks, before);
    expect(retired).toEqual([{ stratum: 'f0=1', size: 6, remaining: { a: 3, b: 1 } }]);
    expect(after.strata.size).toBe(0);
  });
});

describe('the emergency list', () => {
  const trial = design(minimisation(), [2, 1], [2]);

  it('is the same each time, grows at its end, and shares nothing with other epochs', () => {
    const list = emergencyList(trial, secret(1), 1, 20);
    expect(emergencyList(trial, secret(1), 1, 30).slice(0, 20)).toEqual(list);
    expect(emergencyList(trial, secret(1), 2, 20)).not.toEqual(list);
    expect(emergencyList(trial, secret(2), 1, 20)).not.toEqual(list);
  });

  it('has one-time codes of their own, and arms in the ratio', () => {
    const list = emergencyList(trial, secret(1), 1, 1500);
    expect(new Set(list.map(({ code }) => code)).size).toBe(1500);
    for (const { code } of list) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{10}$/);
    // 1,500 · 2/3 = 1,000 expected in a; the standard deviation is 18.3.
    expect(Math.abs(list.filter(({ arm }) => arm === 'a').length - 1000)).toBeLessThan(4 * 18.3);
  });
});

describe('the use of a list', () => {
  it('alerts from 80 % on, by stratum', () => {
    const entries = [...'ababa']
      .map((arm) => ({ stratum: 'f0=0', arm }))
      .concat({ stratum: 'f0=1', arm: 'b' });
    const state = begin(design({ kind: 'list', entries }, [1, 1], [2]));
    const levels = [0, 1, 2, 3, 4, 5].map((used) => {
      if (used > 0) allocate(state.design, state, { f0: '0' }, bytesFrom(1));
      return listUse(state)[0]!.level;
    });
    expect(levels).toEqual(['enough', 'enough', 'enough', 'enough', 'alert', 'exhausted']);
    expect(listUse(state)[1]).toEqual({ stratum: 'f0=1', used: 0, lines: 1, level: 'enough' });
  });
});
