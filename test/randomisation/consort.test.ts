import { describe, expect, it } from 'vitest';
import { consortItems } from '../../randomisation/index.ts';
import { design, minimisation } from './designs.ts';

const textOf = (...args: Parameters<typeof consortItems>) =>
  Object.fromEntries(consortItems(...args).map(({ item, text }) => [item, text]));

describe('consortItems', () => {
  it('writes the four items in order', () => {
    expect(consortItems(design({ kind: 'simple' }, [1, 1])).map(({ item }) => item)).toEqual([
      '17a',
      '17b',
      '18',
      '19',
    ]);
  });

  it('describes stratified blocks of random size', () => {
    const text = textOf(design({ kind: 'permuted-blocks', sizes: [9, 6] }, [1, 1, 1], [2, 2]), {
      arms: { a: 'interpersonal therapy', b: 'group therapy', c: 'usual care' },
      factors: { f0: 'clinic', f1: 'sex' },
    });
    expect(text['17b']).toBe(
      'Participants were allocated to interpersonal therapy, group therapy and usual care in the ratio 1:1:1 by permuted ' +
        'blocks whose sizes, 6 and 9, were drawn at random with equal probability, stratified by clinic and sex.',
    );
  });

  it('describes minimisation: factors and their weights, distance, probability and ties', () => {
    const text = textOf(
      design(minimisation({ overall: true, distance: 'variance' }), [1, 1], [2, 3], [2, 1]),
    )['17b']!;
    expect(text).toContain('over f0 (weight 2), f1 (weight 1) and the overall numbers');
    expect(text).toContain('by the variance of the numbers in the arms;');
    expect(text).toContain('had the probability 4/5, and the others shared the rest');
    expect(text).toContain('tied for the least imbalance shared the best probability');
  });

  it('says how unequal ratios were kept', () => {
    expect(textOf(design(minimisation(), [2, 1], [2]))['17b']).toContain(
      'Han et al. (2009), 4/5 for the arm with the smallest ratio',
    );
    expect(textOf(design(minimisation({ unequal: 'pseudo-arms' }), [2, 1], [2]))['17b']).toContain(
      'Kuznetsova and Tymofyeyev',
    );
  });

  it('claims a publication and a masking only when it is told of them', () => {
    const trial = design({ kind: 'simple' }, [1, 1]);
    const bare = Object.values(textOf(trial)).join(' ');
    expect(bare).not.toMatch(/published|commitment|not shown|undefined/);
    const told = textOf(trial, {
      commitment: 'c0ffee',
      published: 'NCT02314767',
      masked: ['assessors', 'statisticians'],
    });
    expect(told['17a']).toContain('fixed by the commitment c0ffee, published at NCT02314767.');
    expect(told['18']).toContain('It was not shown to assessors or statisticians.');
    expect(told['19']).toContain('Assessors and statisticians had no access to allocations.');
  });

  it('leaves to the authors what it can’t know about a list', () => {
    const list = design({ kind: 'list', entries: [{ stratum: '', arm: 'a' }] }, [1, 1]);
    const text = textOf(list);
    expect(text['17a']).toContain('the authors must say so here');
    expect(text['17a']).not.toContain('HMAC');
  });

  it('names every scheme', () => {
    expect(textOf(design({ kind: 'block-urn', lambda: 3 }, [1, 1], [2]))['17b']).toContain(
      'λ = 3, stratified by f0',
    );
    expect(textOf(design({ kind: 'efron', probability: '2/3' }, [1, 1]))['17b']).toContain('probability 2/3');
    expect(textOf(design({ kind: 'big-stick', limit: 3 }, [1, 1]))['17b']).toContain(
      'until they differed by 3',
    );
  });
});
