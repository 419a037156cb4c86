import { canonicalDesign } from '../../randomisation/canonical.ts';
import { checkDesign } from '../../randomisation/check.ts';
import type { Design, Scheme } from '../../randomisation/design.ts';
import { t } from '../language/t.ts';
import type { Candidate } from './types.ts';

/** The study's design, then others with the same arms, ratio and factors to compare it with. */
export function candidatesFor(design: Design): Candidate[] {
  const own: Candidate = { id: 'own', label: schemeWords(design.scheme), own: true, design };
  const same = canonicalDesign(design);
  const others = alternatives(design)
    .map((scheme): Candidate => {
      const label = schemeWords(scheme);
      return { id: label, label, own: false, design: { ...design, scheme } };
    })
    .filter(({ design: other }) => checkDesign(other).length === 0 && canonicalDesign(other) !== same);
  return [own, ...others];
}

function alternatives({ arms }: Design): Scheme[] {
  const once = arms.reduce((sum, { ratio }) => sum + ratio, 0);
  const minimised = (probability: string): Scheme => ({
    kind: 'minimisation',
    distance: 'range',
    probability,
  });
  return [
    { kind: 'simple' },
    { kind: 'permuted-blocks', sizes: [once] },
    { kind: 'permuted-blocks', sizes: [once, 2 * once] },
    { kind: 'permuted-blocks', sizes: [2 * once, 3 * once] },
    { kind: 'block-urn', lambda: 2 },
    { kind: 'block-urn', lambda: 3 },
    minimised('7/10'),
    minimised('4/5'),
    minimised('9/10'),
    { kind: 'efron', probability: '2/3' },
    { kind: 'big-stick', limit: 3 },
  ];
}

/** A scheme in the few words of a chart's row: "Blocks of 6 and 9", "Minimisation, p = 0.8". */
export function schemeWords(scheme: Scheme): string {
  switch (scheme.kind) {
    case 'simple':
      return t('Simple');
    case 'permuted-blocks': {
      const sizes = scheme.sizes.toSorted((a, b) => a - b);
      return t('Blocks of {what}', {
        what:
          sizes.length < 2
            ? sizes[0]
            : t('{sizes} and {sizes2}', { sizes: sizes.slice(0, -1).join(', '), sizes2: sizes.at(-1) }),
      });
    }
    case 'block-urn':
      return t('Block urn, λ = {lambda}', { lambda: String(scheme.lambda) });
    case 'minimisation':
      return t('Minimisation, p = {probability}', { probability: decimal(scheme.probability) });
    case 'efron':
      return t('Biased coin, p = {probability}', { probability: decimal(scheme.probability) });
    case 'big-stick':
      return t('Big stick, {limit}', { limit: scheme.limit });
    case 'list':
      return t('List');
  }
}

/** "4/5" as 0.8; a fraction that two decimals can't hold stays a fraction. */
function decimal(fraction: string): string {
  const [above = 0, below = 1] = fraction.split('/').map(Number);
  const value = Math.round((100 * above) / below) / 100;
  return Math.abs(value * below - above) < 1e-9 ? String(value) : fraction;
}
