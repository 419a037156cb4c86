import { reaches } from '../access/rules.ts';
import { notValid } from '../errors.ts';
import type { Caller } from '../services.ts';

/** The sites whose figures are asked for, within the caller’s reach; null: all. */
export function reach(caller: Caller, site: string | undefined): ReadonlySet<string> | null {
  if (site === undefined) return caller.sites;
  if (!caller.study.document.sites.some((one) => one.id === site) || !reaches(caller.sites, site))
    throw notValid(`The study has no site “${site}” that you may look at.`);
  return new Set([site]);
}
