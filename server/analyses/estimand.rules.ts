import type { EstimandDefinition, OutcomeDefinition, StudyDocument } from '../studies/document.ts';
import {
  type EstimatorDefinition,
  estimator,
  type MissingDefinition,
  missing,
} from './estimator/document.ts';

/** What one analysis asks, apart from its name and its place in the plan. */
export type Choice = Omit<EstimandDefinition, 'id' | 'label' | 'role'>;

/** A choice with everything said: what it leaves out has its usual value. */
export interface WholeChoice {
  treatments: [string, string][];
  population: EstimandDefinition['population'];
  outcome: string;
  visits: string[];
  intercurrent: EstimandDefinition['intercurrent'];
  summary: EstimandDefinition['summary'];
  estimator: EstimatorDefinition;
  missing: MissingDefinition;
  adjust: NonNullable<EstimandDefinition['adjust']>;
}

/** Fills in what a choice leaves out. */
export function whole(choice: Choice, outcome: OutcomeDefinition['kind'] | undefined): WholeChoice {
  const how = typeof choice.missing === 'string' ? missing.parse({ method: choice.missing }) : choice.missing;
  return {
    treatments: choice.treatments,
    population: choice.population,
    outcome: choice.outcome,
    visits: choice.visits ?? (choice.visit === undefined ? [] : [choice.visit]),
    intercurrent: choice.intercurrent,
    summary: choice.summary,
    estimator: choice.estimator ?? estimator.parse({ method: usual(choice.summary, how.method, outcome) }),
    missing: how,
    adjust: choice.adjust ?? 'none',
  };
}

/** The estimator that a summary measure has where a document names none. */
export function usual(
  summary: Choice['summary'],
  how: MissingDefinition['method'],
  outcome: OutcomeDefinition['kind'] | undefined,
): EstimatorDefinition['method'] {
  switch (summary) {
    case 'mean-difference':
      return how === 'likelihood' ? 'mmrm' : 'ancova';
    case 'shift':
      return 'mann-whitney';
    case 'standardised-difference':
      return 'hedges-g';
    case 'association':
      return outcome === 'change' ? 'kruskal-wallis' : 'chi-square';
    default:
      return summary;
  }
}

/** The planned analysis that asks exactly this; null: it isn’t in the plan. */
export function planned(document: StudyDocument, choice: Choice): EstimandDefinition | null {
  const asked = text(document, choice);
  return document.estimands.find((estimand) => text(document, estimand) === asked) ?? null;
}

/** Whether two choices ask the same, whatever they leave out. */
export const sameChoice = (document: StudyDocument, one: Choice, other: Choice): boolean =>
  text(document, one) === text(document, other);

/** Whether a result counts as planned: an exploratory analysis doesn’t, wherever it was written down. */
export const isPerPlan = (estimand: EstimandDefinition | null): boolean =>
  estimand !== null && estimand.role !== 'exploratory';

function text(document: StudyDocument, choice: Choice): string {
  const outcome = document.outcomes.find(({ id }) => id === choice.outcome);
  const { intercurrent, ...rest } = whole(choice, outcome?.kind);
  return JSON.stringify(
    sorted({ ...rest, intercurrent: Object.fromEntries(intercurrent.map((e) => [e.event, e.strategy])) }),
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

/** What an analysis can adjust for: the site, what was asked at screening, and the therapy group. */
export function covariatesOf({ screening, arms }: StudyDocument): {
  id: string;
  label: string;
  column: string;
  kind: 'factor' | 'number';
}[] {
  return [
    { id: 'site', label: 'Site', column: 'site', kind: 'factor' },
    ...screening.fields
      .filter(({ id }) => id !== 'site' && id !== THERAPY_GROUP)
      .map(({ id, label, kind }) => ({
        id,
        label,
        column: `screening.${id}`,
        kind: kind === 'number' ? ('number' as const) : ('factor' as const),
      })),
    ...(arms.some(({ group }) => group)
      ? [{ id: THERAPY_GROUP, label: 'Therapy group', column: 'therapy_group', kind: 'factor' as const }]
      : []),
  ];
}

const THERAPY_GROUP = 'therapy-group';
