import { expect, test } from 'vitest';
import type { StudyDocument } from '../../server/studies/document.ts';
import { loadStudy } from '../../server/studies/load.ts';
import { describeAllocation } from '../../server/studies/rules.ts';

const { document } = await loadStudy('data/studies/example-drug-trial.yaml', ['data/instruments']);

test.each<[StudyDocument['allocation'], string]>([
  [{ rule: { method: 'simple' }, strata: [] }, 'Simple, 2:1'],
  [{ rule: { method: 'permuted-blocks', blocks: [3] }, strata: [] }, 'Permuted blocks of 3, 2:1'],
  [
    { rule: { method: 'block-urn', lambda: 2 }, strata: document.allocation.strata.slice(0, 1) },
    'Block urn with λ 2, 2:1, stratified by site',
  ],
  [
    { rule: { method: 'efron', probability: '2/3' }, strata: [] },
    'Efron’s biased coin with probability 2/3, 2:1',
  ],
  [{ rule: { method: 'big-stick', limit: 3 }, strata: [] }, 'Big stick with limit 3, 2:1'],
  [
    { rule: { method: 'list', entries: [{ stratum: {}, arm: 'drug' }] }, strata: [] },
    'Prepared list of 1, 2:1',
  ],
  [
    {
      rule: {
        method: 'minimisation',
        distance: 'marginal-balance',
        probability: '7/10',
        overall: false,
        unequal: 'biased-coin',
      },
      strata: document.allocation.strata.slice(1),
    },
    'Minimisation by marginal balance with probability 7/10, 2:1, over age and earlier episode',
  ],
])('%#', (allocation, sentence) => {
  expect(describeAllocation({ ...document, allocation })).toBe(sentence);
});
