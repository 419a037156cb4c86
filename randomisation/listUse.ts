import { RandomisationError } from './errors.ts';
import { planOf } from './plan.ts';
import type { State } from './state.ts';

/** Share of a stratum's lines from which a list is due to be extended. */
const alertFrom = 0.8;

export interface ListUse {
  stratum: string;
  used: number;
  lines: number;
  /** `alert` from 80 % on; `exhausted` when the next participant would be refused. */
  level: 'enough' | 'alert' | 'exhausted';
}

/** How far the uploaded list is used up, stratum by stratum. It tells no arm. @throws RandomisationError for another scheme */
export function listUse(state: State): ListUse[] {
  const { design, list } = planOf(state.design);
  if (design.scheme.kind !== 'list')
    throw new RandomisationError('design', 'The design has no allocation list.');
  return [...list].map(([stratum, slots]) => {
    const used = state.strata.get(stratum)?.taken ?? 0;
    const lines = slots.length;
    return {
      stratum,
      used,
      lines,
      level: used >= lines ? 'exhausted' : used >= alertFrom * lines ? 'alert' : 'enough',
    };
  });
}
