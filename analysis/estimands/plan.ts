import type { Design } from '../../randomisation/index.ts';
import type { StructureName } from '../models/covariance.ts';
import type { DegreesMethod } from '../models/degrees.ts';
import type { RobustKind } from '../models/robust.ts';

/** An analysis plan: what the columns of a table mean, and the analyses, each with its estimand (ICH E9(R1)). */
export interface AnalysisPlan {
  id: string;
  title: string;
  /** Where the data are synthetic: how they were made. */
  synthetic?: string | undefined;
  /** Confidence level, 0 < level < 1. */
  level: number;
  data: DataPlan;
  arms: PlanArm[];
  populations: PlanPopulation[];
  analyses: AnalysisDefinition[];
}

export interface PlanArm {
  id: string;
  label: string;
  /** The cell that says so; the identifier where absent. */
  cell?: string | undefined;
  reference: boolean;
}

/** `wide` has one row for each participant, `long` one for each participant and visit (and measure). */
export interface DataPlan {
  format: 'wide' | 'long';
  subject: string;
  arm: string;
  /** Rows that are read: those whose cell in each column is one of the values. */
  keep: Record<string, string[]>;
  /** Cells that mean “missing”. */
  missing: string[];
  /** Long: the column that names the visit. */
  visit?: string | undefined;
  /** Column with the day of randomisation, YYYY-MM-DD: for events that are dated. */
  randomised?: string | undefined;
  visits: PlanVisit[];
  measures: PlanMeasure[];
  covariates: PlanCovariate[];
  events: PlanEvent[];
  /** How participants were allocated, for a re-randomisation test. */
  allocation?: PlanAllocation | undefined;
  /** Why the allocation can't be played again, where it can't: a re-randomisation test gives this as its reason. */
  unreplayable?: string | undefined;
}

export interface PlanAllocation {
  /** Column with the place in the order of allocation, from 1. */
  order: string;
  /** The column of each factor of the design. */
  factors: Record<string, string>;
  /** Its arms have the plan's identifiers. */
  design: Design;
  /** Designs that came after it, each from a place in the order on. */
  later: { from: number; design: Design }[];
  /** Column that is filled for those whom no design placed (an envelope, an import): they keep their arm. */
  fixed?: string | undefined;
}

export interface PlanVisit {
  id: string;
  label: string;
  /** Target day counted from randomisation. */
  day: number;
  baseline: boolean;
}

export interface PlanMeasure {
  id: string;
  label: string;
  better: 'lower' | 'higher';
  /** Wide: the column of each visit. */
  columns: Record<string, string>;
  /** Long: the column with the value, and the cells that a row of this measure has. */
  value?: string | undefined;
  where: Record<string, string>;
}

export interface PlanCovariate {
  id: string;
  label: string;
  column: string;
  kind: 'factor' | 'number';
}

/** `flag`: any cell but an empty one, 0 or no says that it happened, before the first visit. `visit`: the first visit
 * it affects. `day`: the day it happened. */
export interface PlanEvent {
  id: string;
  label: string;
  column: string;
  kind: 'flag' | 'visit' | 'day';
}

export interface PlanPopulation {
  id: string;
  label: string;
  /** Columns whose cell must not be empty, and columns whose cell must be. */
  filled: string[];
  empty: string[];
}

export type EventStrategy = 'treatment-policy' | 'hypothetical' | 'composite' | 'while-on-treatment';

export type SummaryMeasure =
  | 'risk-difference'
  | 'risk-ratio'
  | 'odds-ratio'
  | 'number-needed'
  | 'mean-difference'
  | 'shift'
  | 'standardised-difference'
  | 'association';

export type VariableDefinition =
  | { kind: 'value'; measure: string }
  | { kind: 'change'; measure: string }
  /** The measure is 0 or 1 itself. */
  | { kind: 'binary'; measure: string }
  | { kind: 'response'; measure: string; fall: number }
  | { kind: 'threshold'; measure: string; atMost?: number | undefined; atLeast?: number | undefined };

export interface Estimand {
  /** Pairs of arms, [first, second]: the effect is first against second. */
  treatments: [string, string][];
  population: string;
  variable: VariableDefinition;
  visits: string[];
  intercurrent: { event: string; strategy: EventStrategy }[];
  summary: SummaryMeasure;
}

export type ProportionInterval = 'wilson' | 'clopper-pearson' | 'agresti-coull' | 'jeffreys';

export type Estimator =
  | {
      method: 'risk-difference';
      interval: 'newcombe' | 'miettinen-nurminen' | 'agresti-caffo' | 'wald' | 'mantel-haenszel';
      proportion: ProportionInterval;
      strata: string[];
    }
  | {
      method: 'risk-ratio';
      interval: 'koopman' | 'miettinen-nurminen' | 'katz';
      proportion: ProportionInterval;
    }
  | {
      method: 'odds-ratio';
      interval: 'miettinen-nurminen' | 'woolf' | 'exact' | 'mantel-haenszel';
      proportion: ProportionInterval;
      strata: string[];
    }
  | { method: 'number-needed'; proportion: ProportionInterval }
  | { method: 'chi-square'; variant: 'pearson' | 'yates' | 'n-1' | 'likelihood-ratio' }
  | { method: 'fisher' }
  | { method: 'cochran-mantel-haenszel'; strata: string[]; corrected: boolean }
  | {
      method: 'logistic';
      covariates: string[];
      baseline: boolean;
      firth: 'when-separated' | 'always' | 'never';
      interval: 'wald' | 'profile';
    }
  | {
      method: 'standardisation';
      covariates: string[];
      baseline: boolean;
      variance: 'ye' | 'ge' | 'bootstrap';
      /** Of the bootstrap. */
      replicates: number;
      interval: 'bca' | 'percentile';
    }
  | { method: 'rerandomisation'; covariates: string[]; baseline: boolean; replicates: number }
  | { method: 'modified-poisson'; covariates: string[]; baseline: boolean }
  | { method: 'welch' }
  | { method: 'mann-whitney' }
  | { method: 'kruskal-wallis' }
  | { method: 'hedges-g' }
  /** At baseline, of the measure's score there and of covariates. */
  | { method: 'balance'; covariates: string[]; baseline: boolean }
  | {
      method: 'ancova';
      covariates: string[];
      baseline: boolean;
      errors: 'model' | RobustKind;
      weights: 'equal' | 'observed';
    }
  | {
      method: 'mmrm';
      covariates: string[];
      baseline: boolean;
      structure: StructureName;
      /** One covariance matrix for all arms, or one for each. */
      covariances: 'shared' | 'by-arm';
      likelihood: 'REML' | 'ML';
      degrees: DegreesMethod;
      weights: 'equal' | 'observed';
    }
  | {
      method: 'random-intercept' | 'random-slope';
      covariates: string[];
      baseline: boolean;
      degrees: DegreesMethod;
    }
  | {
      method: 'partially-nested';
      /** Covariate that names the therapy group or therapist; empty for those who have none. */
      cluster: string;
      covariates: string[];
      baseline: boolean;
      /** Whether the clustered arm has a residual variance of its own. */
      heteroscedastic: boolean;
      degrees: DegreesMethod;
    }
  | { method: 'bootstrap'; replicates: number; interval: 'percentile' | 'basic' | 'bca' };

export type MissingMethod =
  | { method: 'observed' | 'non-response' | 'likelihood' }
  | { method: 'multiple-imputation'; imputations: number; model: 'repeated' | 'chained' }
  | {
      method: 'reference-based';
      strategy: 'MAR' | 'J2R' | 'CIR' | 'CR' | 'LMCF';
      inference: 'jackknife' | 'rubin';
      imputations: number;
      /** Added to imputed values of every arm but the reference, one analysis for each; [0] adds nothing. */
      deltas: number[];
    };

export type AdjustmentName = 'none' | 'holm' | 'hochberg' | 'hommel' | 'bonferroni' | 'dunnett' | 'tukey';

export interface AnalysisDefinition {
  id: string;
  label: string;
  role: 'primary' | 'secondary' | 'sensitivity' | 'exploratory';
  /** Whether it was planned before the data were seen. */
  prespecified: boolean;
  estimand: Estimand;
  estimator: Estimator;
  missing: MissingMethod;
  /** Over the comparisons of this analysis. */
  adjust: AdjustmentName;
}

export const isBinary = (variable: VariableDefinition): boolean =>
  variable.kind === 'response' || variable.kind === 'threshold' || variable.kind === 'binary';
