import { describe, expect, it } from 'vitest';
import { checkDesign, designOf, siteFactorOf } from '../../randomisation/index.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { levelsOf } from '../../server/studies/stratum.rules.ts';

const study = {
  id: 'ipt',
  arms: [
    { id: 'ipt', ratio: 2 },
    { id: 'tau', ratio: 2 },
  ],
  sites: [
    { id: 'lohja', name: 'Lohja' },
    { id: 'vihti', name: 'Vihti' },
  ],
  screening: {
    fields: [
      {
        id: 'sex',
        label: 'Sex',
        kind: 'choice',
        options: ['female', 'male'].map((value) => ({ value, label: value })),
      },
      { id: 'age', label: 'Age', kind: 'number', min: 18, max: 64 },
    ],
  },
  allocation: {
    rule: { method: 'simple' },
    strata: [
      { id: 'clinic', label: 'Clinic', by: 'site', weight: 1 },
      { id: 'sex', label: 'Sex', by: { field: 'sex' }, weight: 2 },
      { id: 'age', label: 'Age', by: { field: 'age', cuts: [-2, 37.5, 60] }, weight: 1 },
      { id: 'age-once', label: 'Age', by: { field: 'age', cuts: [40] }, weight: 1 },
      { id: 'age-whole', label: 'Age', by: { field: 'age' }, weight: 1 },
    ],
  },
} as unknown as StudyDocument;

const withRule = (rule: StudyDocument['allocation']['rule']): StudyDocument => ({
  ...study,
  allocation: { ...study.allocation, rule },
});

describe('designOf', () => {
  it('names the levels as the study’s strata are named', () => {
    const { factors } = designOf(study);
    expect(factors.map(({ id, weight }) => [id, weight])).toEqual(
      study.allocation.strata.map(({ id, weight }) => [id, weight]),
    );
    for (const [i, stratum] of study.allocation.strata.entries()) {
      expect(factors[i]!.levels).toEqual(levelsOf(study, stratum).map(({ id }) => id));
    }
    expect(factors[2]!.levels).toEqual([
      'under-minus-2',
      'minus-2-to-under-37.5',
      '37.5-to-under-60',
      '60-and-over',
    ]);
  });

  it('puts ratios in lowest terms and takes the study’s name as nonce', () => {
    const { arms, study: nonce } = designOf(study);
    expect(arms).toEqual([
      { id: 'ipt', ratio: 1 },
      { id: 'tau', ratio: 1 },
    ]);
    expect(nonce).toBe('ipt');
  });

  it.each<[StudyDocument['allocation']['rule'], object]>([
    [{ method: 'simple' }, { kind: 'simple' }],
    [
      { method: 'permuted-blocks', blocks: [4, 6] },
      { kind: 'permuted-blocks', sizes: [4, 6] },
    ],
    [
      { method: 'block-urn', lambda: 3 },
      { kind: 'block-urn', lambda: 3 },
    ],
    [
      {
        method: 'minimisation',
        distance: 'variance',
        probability: '3/4',
        overall: true,
        unequal: 'pseudo-arms',
      },
      {
        kind: 'minimisation',
        distance: 'variance',
        probability: '3/4',
        overall: true,
        unequal: 'pseudo-arms',
      },
    ],
    [
      { method: 'efron', probability: '2/3' },
      { kind: 'efron', probability: '2/3' },
    ],
    [
      { method: 'big-stick', limit: 3 },
      { kind: 'big-stick', limit: 3 },
    ],
  ])('maps $method', (rule, scheme) => {
    const design = designOf(withRule(rule));
    expect(design.scheme).toEqual(scheme);
    expect(checkDesign(design)).toEqual([]);
  });

  it('writes a list’s strata in the design’s way', () => {
    const stratum = {
      age: 'under-minus-2',
      sex: 'male',
      clinic: 'vihti',
      'age-once': 'under-40',
      'age-whole': 'all',
    };
    const design = designOf(withRule({ method: 'list', entries: [{ stratum, arm: 'tau' }] }));
    expect(design.scheme).toEqual({
      kind: 'list',
      entries: [
        { stratum: 'clinic=vihti|sex=male|age=under-minus-2|age-once=under-40|age-whole=all', arm: 'tau' },
      ],
    });
    expect(checkDesign(design)).toEqual([]);
  });

  it('leaves it to checkDesign to find a line whose stratum is incomplete', () => {
    const design = designOf(withRule({ method: 'list', entries: [{ stratum: {}, arm: 'tau' }] }));
    expect(checkDesign(design)[0]).toContain('Line 1');
  });

  it('knows which factor is the site', () => {
    expect(siteFactorOf(study)).toBe('clinic');
    expect(siteFactorOf({ ...study, allocation: { ...study.allocation, strata: [] } })).toBeUndefined();
  });

  it('refuses a factor that names no screening field', () => {
    const strata = [{ id: 'x', label: 'X', by: { field: 'nothing' }, weight: 1 }];
    const broken = { ...study, allocation: { ...study.allocation, strata } };
    expect(() => designOf(broken)).toThrow('no screening field “nothing”');
  });
});
