import type { Design, Scheme } from './design.ts';
import { compareFractions, fraction, gcd, parseFraction } from './fraction.ts';

/** More pseudo-arms than this make every score dear and every preference weak. */
const mostPseudoArms = 40;

const schemeKeys: Record<Scheme['kind'], string[]> = {
  simple: [],
  'permuted-blocks': ['sizes'],
  'block-urn': ['lambda'],
  minimisation: ['distance', 'probability', 'overall', 'unequal'],
  efron: ['probability'],
  'big-stick': ['limit'],
  list: ['entries'],
};

/**
 * What is wrong with a design, each problem in one sentence; an empty array means that it can be used. Input may be
 * anything that was read from JSON.
 *
 * A preferred arm that is certain (p = 1) is refused: "deterministic dynamic allocation procedures should be
 * avoided and an appropriate element of randomisation should be incorporated for each treatment allocation" (ICH
 * E9, section 2.3.2).
 */
export function checkDesign(design: unknown): string[] {
  if (!isObject(design)) return ['The design must be an object.'];
  const problems: string[] = [];
  if (design.engine !== 1) problems.push('This version of the rules reads designs with "engine": 1 only.');
  if (typeof design.study !== 'string' || design.study.length < 1 || design.study.length > 200) {
    problems.push('The design must name its study in 1 to 200 characters.');
  }
  for (const key of Object.keys(design)) {
    if (!['engine', 'study', 'arms', 'factors', 'scheme'].includes(key)) problems.push(unknownKey(key));
  }
  problems.push(...checkArms(design.arms), ...checkFactors(design.factors));
  if (!isObject(design.scheme) || !Object.hasOwn(schemeKeys, String(design.scheme.kind))) {
    problems.push(`The scheme's kind must be one of: ${Object.keys(schemeKeys).join(', ')}.`);
  } else {
    const allowed = schemeKeys[design.scheme.kind as Scheme['kind']];
    for (const key of Object.keys(design.scheme)) {
      if (key !== 'kind' && !allowed.includes(key)) problems.push(unknownKey(key));
    }
    if (problems.length === 0) problems.push(...checkScheme(design as unknown as Design));
  }
  return problems;
}

function checkArms(arms: unknown): string[] {
  if (!Array.isArray(arms) || arms.length < 2) return ['A design needs at least two arms.'];
  const problems: string[] = [];
  for (const arm of arms) {
    if (!isObject(arm) || !isName(arm.id)) problems.push(nameProblem('Each arm'));
    else if (!isCount(arm.ratio)) problems.push(`The ratio of arm ${arm.id} must be a whole number from 1.`);
  }
  if (problems.length > 0) return problems;
  if (new Set(arms.map((arm) => arm.id)).size < arms.length)
    problems.push('Two arms have the same identifier.');
  const divisor = arms.reduce((sum, arm) => gcd(sum, BigInt(arm.ratio)), 0n);
  if (divisor > 1n) {
    const written = arms.map((arm) => arm.ratio).join(':');
    const lowest = arms.map((arm) => BigInt(arm.ratio) / divisor).join(':');
    problems.push(`Write the ratio ${written} in lowest terms: ${lowest}.`);
  }
  return problems;
}

function checkFactors(factors: unknown): string[] {
  if (!Array.isArray(factors)) return ['The design must list its factors; an empty list is fine.'];
  const problems: string[] = [];
  for (const factor of factors) {
    if (!isObject(factor) || !isName(factor.id)) {
      problems.push(nameProblem('Each factor'));
      continue;
    }
    const { id, levels, weight } = factor;
    if (!Array.isArray(levels) || levels.length === 0 || !levels.every(isName)) {
      problems.push(`Factor ${id} needs levels. ${nameProblem('Each level')}`);
    } else if (new Set(levels).size < levels.length) problems.push(`Factor ${id} has the same level twice.`);
    if (weight === undefined) continue;
    const value =
      typeof weight === 'number' || typeof weight === 'string' ? parseFraction(weight) : undefined;
    if (!value || value.numerator === 0n) {
      problems.push(`The weight of factor ${id} must be a positive number or a fraction such as "1/2".`);
    }
  }
  const ids = factors.filter(isObject).map((factor) => factor.id);
  if (new Set(ids).size < ids.length) problems.push('Two factors have the same identifier.');
  return problems;
}

function checkScheme({ arms, factors, scheme }: Design): string[] {
  const sum = arms.reduce((total, arm) => total + arm.ratio, 0);
  switch (scheme.kind) {
    case 'simple':
      return [];
    case 'permuted-blocks': {
      const { sizes } = scheme;
      if (!Array.isArray(sizes) || sizes.length === 0)
        return ['Permuted blocks need at least one block size.'];
      if (new Set(sizes).size < sizes.length) return ['The same block size is listed twice.'];
      return sizes
        .filter((size) => !isCount(size) || size % sum !== 0)
        .map((size) => `The block size ${size} must be a multiple of ${sum}, the sum of the ratio.`);
    }
    case 'block-urn':
      return isCount(scheme.lambda) ? [] : ['λ of the block urn must be a whole number from 1.'];
    case 'minimisation': {
      const problems: string[] = [];
      if (!['range', 'variance', 'marginal-balance'].includes(scheme.distance)) {
        problems.push('The distance must be range, variance or marginal-balance.');
      }
      if (scheme.overall !== undefined && typeof scheme.overall !== 'boolean') {
        problems.push('"overall" must be true or false.');
      }
      if (!['biased-coin', 'pseudo-arms', undefined].includes(scheme.unequal)) {
        problems.push('Unequal ratios are kept by "biased-coin" or by "pseudo-arms".');
      }
      if (factors.length === 0 && !scheme.overall) {
        problems.push('Minimisation has nothing to balance: name factors, or count overall balance.');
      }
      const pseudo = scheme.unequal === 'pseudo-arms';
      if (pseudo && sum > mostPseudoArms) {
        problems.push(
          `Pseudo-arms are for ratios whose sum is at most ${mostPseudoArms}; use the biased coin.`,
        );
      }
      const smallest = Math.min(...arms.map((arm) => arm.ratio));
      return [...problems, ...checkProbability(scheme.probability, pseudo ? 1 : smallest, sum)];
    }
    case 'efron':
    case 'big-stick': {
      const name = scheme.kind === 'efron' ? 'Efron’s biased coin' : 'The big stick';
      if (arms.length !== 2 || sum !== 2) return [`${name} is for two arms in the ratio 1:1.`];
      if (scheme.kind === 'efron') return checkProbability(scheme.probability, 1, 2);
      return isCount(scheme.limit) ? [] : ['The big stick’s limit must be a whole number from 1.'];
    }
    case 'list':
      return checkList(arms, factors, scheme.entries);
  }
}

function checkProbability(text: unknown, ratio: number, sum: number): string[] {
  const value = typeof text === 'string' ? parseFraction(text) : undefined;
  if (!value) return ['The probability of the preferred arm must be an exact fraction such as "4/5".'];
  const one = fraction(1n, 1n);
  if (compareFractions(value, one) >= 0) {
    return [
      'The probability of the preferred arm must be less than 1: the next allocation must never be certain ' +
        '(ICH E9, section 2.3.2). 4/5 is a good choice.',
    ];
  }
  if (compareFractions(value, fraction(BigInt(ratio), BigInt(sum))) <= 0) {
    return [
      `The probability of the preferred arm must be greater than ${ratio}/${sum}, its share without preference.`,
    ];
  }
  return [];
}

function checkList(arms: Design['arms'], factors: Design['factors'], entries: unknown): string[] {
  if (!Array.isArray(entries) || entries.length === 0) return ['The list has no entries.'];
  const known = new Set(arms.map((arm) => arm.id));
  const problems: string[] = [];
  entries.forEach((entry, i) => {
    if (!isObject(entry) || typeof entry.stratum !== 'string' || !known.has(String(entry.arm))) {
      problems.push(`Line ${i + 1} of the list names no arm of the design.`);
    } else if (!isStratum(factors, entry.stratum)) {
      problems.push(
        `Line ${i + 1} of the list names the stratum “${entry.stratum}”, which the design lacks.`,
      );
    }
  });
  return problems.length > 20
    ? [...problems.slice(0, 20), `And ${problems.length - 20} more lines like these.`]
    : problems;
}

function isStratum(factors: Design['factors'], stratum: string): boolean {
  const parts = stratum === '' ? [] : stratum.split('|');
  return (
    parts.length === factors.length &&
    factors.every(({ id, levels }, i) => levels.some((level) => parts[i] === `${id}=${level}`))
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;
const isName = (value: unknown): value is string =>
  typeof value === 'string' && /^[^|#\p{Cc}]{1,200}$/u.test(value);
const nameProblem = (what: string) => `${what} must have a name of 1 to 200 characters, without | and #.`;
const unknownKey = (key: string) => `“${key}” is not a part of a design.`;
