import type { MissingRule, Plan } from '../../analysis/index.ts';
import type { Study } from '../studies/study.ts';

/** Whoever has no score stays in the analysis under these. */
const keepsEverybody = new Set(['non-response', 'multiple-imputation', 'reference-based']);

/**
 * What the flow diagram and the response of a report are about: the first primary estimand, or the usual where there is
 * none.
 */
export function primaryOf({ document }: Pick<Study, 'document'>): {
  outcome: string;
  measure: string;
  visit: string | undefined;
  population: Plan['population'];
  missing: MissingRule;
  /** Who is in it, of those without a score: everybody or nobody; null where the document plans no primary analysis. */
  kept: MissingRule | null;
} {
  const { estimands, outcomes } = document;
  const estimand = estimands.find(({ role }) => role === 'primary');
  const outcome =
    outcomes.find(({ id }) => id === estimand?.outcome) ??
    outcomes.find(({ role }) => role === 'primary') ??
    outcomes[0]!;
  const missing = typeof estimand?.missing === 'object' ? estimand.missing.method : estimand?.missing;
  return {
    outcome: outcome.id,
    measure: `${outcome.instrument}.${outcome.score}`,
    visit: estimand?.visit ?? estimand?.visits?.at(-1),
    population: estimand?.population ?? 'all-randomised',
    missing: missing === 'non-response' ? 'non-response' : 'observed',
    kept: estimand ? (keepsEverybody.has(missing!) ? 'non-response' : 'observed') : null,
  };
}
