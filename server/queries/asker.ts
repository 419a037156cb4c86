import { activeMemberships, type Membership } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import type { Caller } from '../services.ts';
import type { QueryStatus } from './contract.ts';
import { type Asker, type Standing, siteRoles } from './rules.ts';
import type { QueryRecord, Waiting } from './store.ts';

/** Someone with the roles that they hold at each site. */
export interface Holder {
  at(site: string): Asker;
  waiting: Waiting;
}

/** The caller's roles, site by site: a coordinator here can be a monitor everywhere. */
export async function holderOf(db: Connection, { user, study }: Caller): Promise<Holder> {
  const memberships = await activeMemberships(db, user.id, study.id);
  return {
    at: (site) => ({
      id: user.id,
      roles: memberships.filter((one) => one.site === null || one.site === site).map((one) => one.role),
    }),
    waiting: {
      user: user.id,
      siteRoles,
      roles: [...new Set(memberships.map(({ role }) => role))].map((role) => ({
        role,
        sites: sitesOf(memberships, role),
      })),
      manages: sitesOf(memberships, 'data-manager'),
    },
  };
}

function sitesOf(memberships: readonly Membership[], role: string): string[] | null {
  const held = memberships.filter((one) => one.role === role);
  return held.some((one) => one.site === null) ? null : held.map((one) => one.site!);
}

type Facts = Pick<
  QueryRecord,
  'status' | 'automatic' | 'opened_by' | 'closed_by' | 'owner_id' | 'owner_role'
>;

export function standingOf(query: Facts): Standing {
  return {
    status: query.status as QueryStatus,
    automatic: query.automatic === 1,
    openedBy: query.opened_by,
    closedBy: query.closed_by,
    ownerId: query.owner_id,
    ownerRole: query.owner_role,
  };
}
