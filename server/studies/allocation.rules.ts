import { listed } from '../instruments/wording.rules.ts';
import { smallInitial } from '../language/initial.rules.ts';
import type { StudyDocument } from './document.ts';

/**
 * The method of allocation in a sentence, as a page or a report prints it: "Permuted blocks of 6 and 9, 1:1:1,
 * stratified by site and sex". It names no counts and no person, and so may be shown to everyone.
 */
export function describeAllocation(document: StudyDocument): string {
  const { rule, strata } = document.allocation;
  const ratio = document.arms.map((arm) => arm.ratio).join(':');
  const factors = strata.map(({ label }) => smallInitial(label));
  const parts = [methodOf(rule), ratio];
  if (rule.method === 'minimisation') {
    parts.push(`over ${listed(rule.overall ? [...factors, 'overall balance'] : factors)}`);
  } else if (factors.length > 0 && rule.method !== 'simple') parts.push(`stratified by ${listed(factors)}`);
  return parts.join(', ');
}

function methodOf(rule: StudyDocument['allocation']['rule']): string {
  switch (rule.method) {
    case 'simple':
      return 'Simple';
    case 'permuted-blocks':
      return `Permuted blocks of ${listed(rule.blocks.map(String))}`;
    case 'block-urn':
      return `Block urn with λ ${rule.lambda}`;
    case 'minimisation':
      return `Minimisation by ${rule.distance.replace('-', ' ')} with probability ${rule.probability}`;
    case 'efron':
      return `Efron’s biased coin with probability ${rule.probability}`;
    case 'big-stick':
      return `Big stick with limit ${rule.limit}`;
    case 'list':
      return `Prepared list of ${rule.entries.length}`;
  }
}
