import type { StudyDocument } from '../server/studies/document.ts';
import { type Design, type Scheme, stratumKey } from './design.ts';
import { gcd } from './fraction.ts';

type Factor = StudyDocument['allocation']['strata'][number];
type Rule = StudyDocument['allocation']['rule'];

/**
 * The randomisation design that a study document declares. Ratios are put in lowest terms. Levels are named as the
 * study's strata are: a site's or an option's identifier; for a number cut at 40 and 60 `under-40`,
 * `40-to-under-60`, `60-and-over`.
 * @returns a design that `checkDesign` may still find problems in
 * @throws RangeError when a factor names a screening field that the document lacks
 */
export function designOf(document: StudyDocument): Design {
  const { rule, strata } = document.allocation;
  const divisor = document.arms.reduce((sum, arm) => gcd(sum, BigInt(arm.ratio)), 0n);
  const factors = strata.map((factor) => ({
    id: factor.id,
    levels: levelsOf(document, factor),
    weight: factor.weight,
  }));
  return {
    engine: 1,
    study: document.id,
    arms: document.arms.map(({ id, ratio }) => ({ id, ratio: Number(BigInt(ratio) / divisor) })),
    factors,
    scheme: schemeOf(rule, factors),
  };
}

/** The identifier of the factor that is the site; undefined when the study isn't stratified by site. */
export function siteFactorOf(document: StudyDocument): string | undefined {
  return document.allocation.strata.find(({ by }) => by === 'site')?.id;
}

function schemeOf(rule: Rule, factors: Design['factors']): Scheme {
  switch (rule.method) {
    case 'simple':
      return { kind: 'simple' };
    case 'permuted-blocks':
      return { kind: 'permuted-blocks', sizes: [...rule.blocks] };
    case 'block-urn':
      return { kind: 'block-urn', lambda: rule.lambda };
    case 'minimisation': {
      const { distance, probability, overall, unequal } = rule;
      return { kind: 'minimisation', distance, probability, overall, unequal };
    }
    case 'efron':
      return { kind: 'efron', probability: rule.probability };
    case 'big-stick':
      return { kind: 'big-stick', limit: rule.limit };
    case 'list':
      return {
        kind: 'list',
        entries: rule.entries.map(({ stratum, arm }) => ({ stratum: stratumKey({ factors }, stratum), arm })),
      };
  }
}

function levelsOf(document: StudyDocument, { by }: Factor): string[] {
  if (by === 'site') return document.sites.map(({ id }) => id);
  const field = document.screening.fields.find(({ id }) => id === by.field);
  if (!field) throw new RangeError(`The study has no screening field “${by.field}”.`);
  if (field.kind === 'choice') return field.options.map(({ value }) => value);
  const cuts = (by.cuts ?? []).map((cut) => (cut < 0 ? `minus-${-cut}` : String(cut)));
  if (cuts.length === 0) return ['all'];
  return [
    `under-${cuts[0]}`,
    ...cuts.slice(1).map((cut, i) => `${cuts[i]}-to-under-${cut}`),
    `${cuts.at(-1)}-and-over`,
  ];
}
