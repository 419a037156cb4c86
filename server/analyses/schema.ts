import { z } from 'zod';
import { planDocument } from './plan.ts';
import { resultsDocument } from './results.ts';

/** For editors that complete plans, in draft 7, which the YAML language server reads best. */
export const planSchema = (): object => ({
  title: 'Equipoise analysis plan',
  ...z.toJSONSchema(planDocument, { target: 'draft-7', io: 'input' }),
});

/** For programs that read results. */
export const resultsSchema = (): object => ({
  title: 'Equipoise results',
  ...z.toJSONSchema(resultsDocument, { target: 'draft-7' }),
});
