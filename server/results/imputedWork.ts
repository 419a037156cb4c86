import type { Dataset } from '../../analysis/index.ts';
import type { ImputedWork } from '../analyses/imputeStudy.ts';
import { exploratory, planOfStudy } from '../analyses/study/plan.ts';
import { tableOf } from '../analyses/study/table.ts';
import type { EstimandDefinition } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import type { Material } from './material.ts';

/** Of every figure that imputes: the same on every page and every day. */
export const IMPUTATIONS = 50;
const SEED = 1;

/** Each arm against the reference; without one, against the first. */
export function againstReference({ arms }: Pick<Dataset, 'arms'>): [string, string][] {
  const reference = arms.find((arm) => arm.reference) ?? arms[0]!;
  return arms.filter((arm) => arm !== reference).map((arm): [string, string] => [arm.id, reference.id]);
}

/** One analysis of multiply imputed data as a thread takes it. */
export function imputedWork(
  study: Study,
  { dataset, plan }: Pick<Material, 'dataset' | 'plan'>,
  asked: Pick<EstimandDefinition, 'treatments' | 'outcome' | 'visits' | 'summary'>,
  penalties: ImputedWork['penalties'],
): ImputedWork {
  const starts = study.document.events.some(({ kind }) => kind === 'treatment-start');
  const estimand = exploratory(
    {
      ...asked,
      population: starts ? plan.population : 'all-randomised',
      intercurrent: [],
      missing: { method: 'multiple-imputation', imputations: IMPUTATIONS, model: 'repeated' },
    },
    'Multiple imputation',
  );
  return {
    plan: planOfStudy(study, [estimand], { reason: 'This figure plays no allocation again.' }),
    data: tableOf(study.document, { dataset, allocated: new Map(), groups: new Map(), replay: null }),
    seed: SEED,
    penalties,
  };
}
