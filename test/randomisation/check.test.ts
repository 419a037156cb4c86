import { describe, expect, it } from 'vitest';
import {
  canonicalDesign,
  canonicalJson,
  checkDesign,
  type Design,
  designHash,
} from '../../randomisation/index.ts';
import { design, minimisation } from './designs.ts';

const sound = design(minimisation(), [1, 1, 1], [2, 3]);

describe('checkDesign', () => {
  it('finds nothing in sound designs', () => {
    expect(checkDesign(sound)).toEqual([]);
    expect(checkDesign(design({ kind: 'permuted-blocks', sizes: [4, 8] }, [2, 1, 1]))).toEqual([]);
    expect(checkDesign(design({ kind: 'efron', probability: '2/3' }, [1, 1]))).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['certainty', { ...sound, scheme: minimisation({ probability: '1' }) }, 'less than 1'],
    ['certainty as 5/5', { ...sound, scheme: minimisation({ probability: '5/5' }) }, 'less than 1'],
    ['no preference', { ...sound, scheme: minimisation({ probability: '1/3' }) }, 'greater than 1/3'],
    [
      'a probability that isn’t one',
      { ...sound, scheme: minimisation({ probability: 'high' }) },
      'exact fraction',
    ],
    [
      'a number as probability',
      { ...sound, scheme: { ...minimisation(), probability: 0.8 } },
      'exact fraction',
    ],
    ['certainty by Efron', design({ kind: 'efron', probability: '1/1' }, [1, 1]), 'less than 1'],
    [
      'Efron for three arms',
      design({ kind: 'efron', probability: '2/3' }, [1, 1, 1]),
      'two arms in the ratio 1:1',
    ],
    ['the big stick for 2:1', design({ kind: 'big-stick', limit: 3 }, [2, 1]), 'two arms in the ratio 1:1'],
    [
      'blocks that aren’t multiples',
      design({ kind: 'permuted-blocks', sizes: [4] }, [1, 1, 1]),
      'multiple of 3',
    ],
    ['no blocks', design({ kind: 'permuted-blocks', sizes: [] }, [1, 1]), 'at least one block size'],
    ['a block twice', design({ kind: 'permuted-blocks', sizes: [4, 4] }, [1, 1]), 'listed twice'],
    ['λ of 0', design({ kind: 'block-urn', lambda: 0 }, [1, 1]), 'λ'],
    ['a ratio that can be cancelled', design({ kind: 'simple' }, [2, 4]), 'lowest terms: 1:2'],
    ['one arm', design({ kind: 'simple' }, [1]), 'two arms'],
    [
      'two arms of one name',
      { ...sound, arms: [1, 2].map(() => ({ id: 'a', ratio: 1 })) },
      'same identifier',
    ],
    ['a level twice', { ...sound, factors: [{ id: 'x', levels: ['1', '1'] }] }, 'same level twice'],
    ['a bar in a level', { ...sound, factors: [{ id: 'x', levels: ['1|2'] }] }, 'without |'],
    ['a weight of 0', { ...sound, factors: [{ id: 'x', levels: ['1'], weight: 0 }] }, 'weight of factor x'],
    ['nothing to balance', design(minimisation(), [1, 1]), 'nothing to balance'],
    [
      'too many pseudo-arms',
      design(minimisation({ unequal: 'pseudo-arms' }), [30, 11], [2]),
      'sum is at most 40',
    ],
    ['another engine', { ...sound, engine: 2 }, '"engine": 1'],
    ['a slip of the pen', { ...sound, scheme: { ...minimisation(), overal: true } }, '“overal”'],
    ['no scheme', { ...sound, scheme: { kind: 'coin' } }, 'must be one of'],
    [
      'a list with a foreign arm',
      design({ kind: 'list', entries: [{ stratum: '', arm: 'z' }] }, [1, 1]),
      'Line 1',
    ],
    [
      'a list with a foreign stratum',
      design({ kind: 'list', entries: [{ stratum: 'f0=9', arm: 'a' }] }, [1, 1], [2]),
      'the stratum “f0=9”',
    ],
    ['an empty list', design({ kind: 'list', entries: [] }, [1, 1]), 'no entries'],
    ['no design', null, 'must be an object'],
  ])('refuses %s', (_, bad, expected) => {
    expect(checkDesign(bad).join(' ')).toContain(expected);
  });
});

describe('canonicalDesign', () => {
  it('writes a design in one way, whatever the order of its keys, defaults, and forms of a fraction', () => {
    const other = {
      scheme: {
        unequal: 'biased-coin',
        probability: '8/10',
        overall: false,
        distance: 'range',
        kind: 'minimisation',
      },
      factors: sound.factors.map(({ levels, id }) => ({ weight: 1, levels, id })),
      arms: sound.arms.map(({ ratio, id }) => ({ ratio, id })),
      study: 'test',
      engine: 1,
    } as Design;
    expect(canonicalDesign(other)).toBe(canonicalDesign(sound));
    expect(designHash(other)).toBe(designHash(sound));
    expect(canonicalDesign(sound)).toBe(
      '{"arms":[{"id":"a","ratio":1},{"id":"b","ratio":1},{"id":"c","ratio":1}],"engine":1,"factors":[' +
        '{"id":"f0","levels":["0","1"],"weight":"1/1"},{"id":"f1","levels":["0","1","2"],"weight":"1/1"}],' +
        '"scheme":{"distance":"range","kind":"minimisation","overall":false,"probability":"4/5",' +
        '"ties":"share-best-probability","unequal":"biased-coin"},"study":"test"}',
    );
  });

  it('differs when anything that could change an allocation does', () => {
    const variants: Design[] = [
      sound,
      { ...sound, study: 'other' },
      { ...sound, arms: [...sound.arms].reverse() },
      design(minimisation(), [2, 1, 1], [2, 3]),
      design(minimisation(), [1, 1, 1], [2, 3], [2, 1]),
      { ...sound, scheme: minimisation({ probability: '7/10' }) },
      { ...sound, scheme: minimisation({ distance: 'variance' }) },
      { ...sound, scheme: minimisation({ overall: true }) },
      { ...sound, scheme: { kind: 'simple' } },
    ];
    expect(new Set(variants.map(designHash)).size).toBe(variants.length);
  });

  it('writes JSON as RFC 8785 for the values that are allowed', () => {
    expect(canonicalJson({ b: [1, 'é"\n', null], a: { z: true, y: undefined } })).toBe(
      '{"a":{"z":true},"b":[1,"é\\"\\n",null]}',
    );
    expect(() => canonicalJson(0.1)).toThrow(TypeError);
  });
});
