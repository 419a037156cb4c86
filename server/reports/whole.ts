import { notAllowed } from '../errors.ts';
import type { Caller } from '../services.ts';

/** Reports are of every site: somebody whose role holds at some of them would learn of the others. */
export function refusePartial({ sites }: Pick<Caller, 'sites'>): void {
  if (sites !== null)
    throw notAllowed('Reports are of the whole study, and your role holds at some of its sites only.');
}
