import { reaches } from '../access/rules.ts';
import { notValid } from '../errors.ts';
import type { Reader } from './reader.ts';

/** The sites whose figures are asked for, within the reader’s reach; null: all. */
export function reach(
  { study, sites }: Pick<Reader, 'study' | 'sites'>,
  site: string | undefined,
): ReadonlySet<string> | null {
  if (site === undefined) return sites;
  if (!study.document.sites.some((one) => one.id === site) || !reaches(sites, site))
    throw notValid(`The study has no site “${site}” that you may look at.`);
  return new Set([site]);
}
