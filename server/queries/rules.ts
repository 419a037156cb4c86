import type { RoleName } from '../studies/document.ts';
import type { QueryAct, QueryStatus } from './contract.ts';

const DAY_MS = 86_400_000;

/** Roles of a site: their reply answers a query, and they can own one. */
export const siteRoles: readonly RoleName[] = ['coordinator', 'assessor', 'investigator'];

/** What the rules need to know of a query. */
export interface Standing {
  status: QueryStatus;
  automatic: boolean;
  openedBy: string;
  /** Null where it closed itself, or isn't closed. */
  closedBy: string | null;
  ownerId: string | null;
  ownerRole: string | null;
}

/** Who asks: their roles at the site of the query. */
export interface Asker {
  id: string;
  roles: readonly RoleName[];
}

const manages = ({ roles }: Asker): boolean => roles.includes('data-manager');
const monitors = ({ roles }: Asker): boolean => roles.includes('monitor');
const ofSite = ({ roles }: Asker): boolean => roles.some((role) => siteRoles.includes(role));
const own = (query: Standing, { id }: Asker): boolean => !query.automatic && query.openedBy === id;

/** A query that nobody waits for any more. */
export const isResolved = (status: QueryStatus): boolean => status === 'closed' || status === 'cancelled';

/**
 * What someone may do with a query now. Data managers close all, monitors what they opened themselves; whoever closed
 * a query may open it again; one opened in error is cancelled by whoever opened it. A cancelled query stays so.
 */
export function actsOn(query: Standing, asker: Asker): QueryAct[] {
  const closes = manages(asker) || (monitors(asker) && own(query, asker));
  if (query.status === 'cancelled') return [];
  if (query.status === 'closed')
    return manages(asker) || (monitors(asker) && query.closedBy === asker.id) ? ['reopen'] : [];
  const acts: QueryAct[] = [];
  if (ofSite(asker) || manages(asker) || monitors(asker)) acts.push('reply');
  if (asker.roles.includes('coordinator') || manages(asker) || monitors(asker)) acts.push('assign');
  if (closes) acts.push('close', 'cancel');
  return acts;
}

/**
 * Whether a query waits for this person. An open one waits for its owner: the person, else the role at the site, else
 * anyone of the site. An answered one waits for whoever asked; an automatic one for data managers.
 */
export function isFor(query: Standing, asker: Asker): boolean {
  if (query.status === 'open') {
    if (query.ownerId !== null) return query.ownerId === asker.id;
    if (query.ownerRole !== null) return (asker.roles as readonly string[]).includes(query.ownerRole);
    return ofSite(asker);
  }
  if (query.status !== 'answered') return false;
  return own(query, asker) || manages(asker);
}

export type AgeBand = 'new' | 'ageing' | 'old' | 'overdue';

/** The first day of each band, in days open; a band ends where the next begins. */
export const ageBands: readonly { id: AgeBand; from: number; label: string }[] = [
  { id: 'new', from: 0, label: 'New' },
  { id: 'ageing', from: 7, label: 'Ageing' },
  { id: 'old', from: 14, label: 'Old' },
  { id: 'overdue', from: 28, label: 'Overdue' },
];

/** Whole days of 24 hours from opening until `until`, both ISO instants; never less than 0. */
export function daysOpen(openedAt: string, until: string): number {
  return Math.max(0, Math.floor((Date.parse(until) - Date.parse(openedAt)) / DAY_MS));
}

export function ageBand(days: number): AgeBand {
  return ageBands.findLast(({ from }) => days >= from)!.id;
}

/**
 * The instants between which a query was opened that is in the band at `now`: later than `after`, not later than
 * `until`; null is no bound. Agrees with `ageBand(daysOpen(…))`.
 */
export function openedWithin(band: AgeBand, now: string): { after: string | null; until: string } {
  const at = ageBands.findIndex(({ id }) => id === band);
  const before = (days: number) => new Date(Date.parse(now) - days * DAY_MS).toISOString();
  const next = ageBands[at + 1];
  return { after: next ? before(next.from) : null, until: before(ageBands[at]!.from) };
}

/** The median of whole numbers, or null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
