import { type Choice, whole } from '../../server/analyses/estimand.rules.ts';
import { type EstimatorDefinition, estimator } from '../../server/analyses/estimator/document.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';

type Missing = ReturnType<typeof whole>['missing']['method'];

interface Way {
  id: string;
  label: string;
  for: 'binary' | 'change' | 'both';
  summary: (isBinary: boolean) => Choice['summary'];
  estimator: Record<string, unknown>;
  /** Missing-data methods that go with it; the first is taken where the one before doesn’t. */
  missing: Missing[];
}

const counted: Missing[] = ['non-response', 'observed'];
const imputing: Missing[] = ['multiple-imputation'];

/** Ways of estimating that the workbench offers; the plan may hold others. */
export const ways: readonly Way[] = [
  binary(
    'newcombe',
    t('Risk difference, Newcombe'),
    'risk-difference',
    { method: 'risk-difference', interval: 'newcombe' },
    [...counted, ...imputing],
  ),
  binary('miettinen', t('Risk difference, Miettinen–Nurminen'), 'risk-difference', {
    method: 'risk-difference',
    interval: 'miettinen-nurminen',
  }),
  binary('standardised', t('Risk difference, standardised'), 'risk-difference', {
    method: 'standardisation',
  }),
  binary('ratio', t('Risk ratio, Koopman'), 'risk-ratio', { method: 'risk-ratio' }),
  binary('odds', t('Odds ratio, logistic'), 'odds-ratio', { method: 'logistic' }),
  binary('fisher', t('Fisher’s exact test'), 'association', { method: 'fisher' }),
  binary('chi', t('Chi-square test'), 'association', { method: 'chi-square' }),
  change('mmrm', t('Repeated measures (MMRM)'), 'mean-difference', { method: 'mmrm' }, ['likelihood']),
  change('ancova', 'ANCOVA', 'mean-difference', { method: 'ancova' }, ['observed', ...imputing]),
  change('welch', t('Welch’s t test'), 'mean-difference', { method: 'welch' }),
  change('shift', t('Mann–Whitney, Hodges–Lehmann'), 'shift', { method: 'mann-whitney' }),
  {
    id: 'rerandomised',
    label: t('Re-randomisation test'),
    for: 'both',
    summary: (isBinary) => (isBinary ? 'risk-difference' : 'mean-difference'),
    estimator: { method: 'rerandomisation' },
    missing: ['observed', 'non-response'],
  },
];

function binary(
  id: string,
  label: string,
  summary: Choice['summary'],
  estimator: Record<string, unknown>,
  missing = counted,
): Way {
  return { id, label, for: 'binary', summary: () => summary, estimator, missing };
}
function change(
  id: string,
  label: string,
  summary: Choice['summary'],
  estimator: Record<string, unknown>,
  missing: Missing[] = ['observed'],
): Way {
  return { id, label, for: 'change', summary: () => summary, estimator, missing };
}

export const missingWords: Record<Missing, string> = {
  observed: t('Observed cases'),
  'non-response': t('Missing is no response'),
  likelihood: t('Likelihood (missing at random)'),
  'multiple-imputation': t('Multiple imputation'),
  'reference-based': t('Reference-based imputation'),
};

export const kindOf = (document: StudyDocument, outcome: string) =>
  document.outcomes.find(({ id }) => id === outcome)?.kind;

export const wholeOf = (document: StudyDocument, choice: Choice) =>
  whole(choice, kindOf(document, choice.outcome));

/** The way that a choice takes; null: one that only the plan names. */
export function wayOf(document: StudyDocument, choice: Choice): Way | null {
  const { estimator } = wholeOf(document, choice);
  return (
    ways.find((way) =>
      Object.entries(way.estimator).every(
        ([key, value]) => (estimator as Record<string, unknown>)[key] === value,
      ),
    ) ?? null
  );
}

/** Takes another way, keeping covariates, and the missing-data method where it goes with it. */
export function takeWay(document: StudyDocument, choice: Choice, way: Way): Choice {
  const before = wholeOf(document, choice);
  const isBinary = kindOf(document, choice.outcome) !== 'change';
  const covariates = 'covariates' in before.estimator ? before.estimator.covariates : [];
  const blank = estimator.parse(way.estimator);
  const next: EstimatorDefinition = 'covariates' in blank ? { ...blank, covariates } : blank;
  const allowed = way.missing.filter((one) => isBinary || one !== 'non-response');
  const keeps = allowed.includes(before.missing.method);
  const { visit: _, ...rest } = choice;
  const visits = visitsOf(document, choice.outcome).map(({ id }) => id);
  const moved = before.estimator.method === 'balance' ? { ...rest, visits: visits.slice(-1) } : choice;
  return {
    ...moved,
    summary: way.summary(isBinary),
    estimator: next,
    missing: keeps ? choice.missing : (allowed[0] as Choice['missing']),
    adjust: 'none',
  };
}

/** Another outcome: the visits it is measured at, a way that fits it, and strategies that make sense for it. */
export function takeOutcome(document: StudyDocument, choice: Choice, id: string): Choice {
  const outcome = document.outcomes.find((one) => one.id === id)!;
  const isBinary = outcome.kind !== 'change';
  const fits = visitsOf(document, id).map((visit) => visit.id);
  const kept = wholeOf(document, choice).visits.filter((visit) => fits.includes(visit));
  const { visit: _, ...rest } = choice;
  const moved: Choice = {
    ...rest,
    outcome: id,
    visits: kept.length > 0 ? kept : fits.slice(-1),
    intercurrent: choice.intercurrent.map((one) =>
      one.strategy === 'composite' && !isBinary ? { ...one, strategy: 'hypothetical' } : one,
    ),
  };
  const same = wayOf(document, choice);
  const kind = isBinary ? 'binary' : 'change';
  const fitting =
    same && (same.for === 'both' || same.for === kind) ? same : ways.find((way) => way.for === kind)!;
  return takeWay(document, moved, fitting);
}

/** Visits after baseline, or at it, at which the outcome is measured. */
export function visitsOf(document: StudyDocument, outcome: string, atBaseline = false) {
  const instrument = document.outcomes.find(({ id }) => id === outcome)?.instrument;
  return document.visits.filter(
    (visit) => visit.baseline === atBaseline && visit.instruments.includes(instrument ?? ''),
  );
}
