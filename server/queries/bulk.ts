import { reaches } from '../access/rules.ts';
import { notFound, notValid, Refused } from '../errors.ts';
import { once } from '../http/once.ts';
import type { Caller, Services } from '../services.ts';
import { carryOut } from './act.ts';
import { holderOf } from './asker.ts';
import type { BulkAct, QueryStatus } from './contract.ts';
import { findQueries } from './store.ts';

interface Bulk {
  key: string;
  act: BulkAct;
  queries: { id: string; version: number }[];
}

/**
 * One thing done to many queries in one transaction, once for each key. If any of them can't take it, none does, and
 * the refusal says which and why.
 */
export async function bulkQueries(services: Services, caller: Caller, { key, ...payload }: Bulk) {
  const { act, queries } = payload;
  if (new Set(queries.map(({ id }) => id)).size < queries.length)
    throw notValid('A query stands on the list twice. Nothing was done.');
  const done = { user: caller.user, study: caller.study.id, endpoint: 'queries.bulk', key, payload };
  const rows = await once(services, done, async (tx) => {
    const found = await findQueries(
      tx,
      caller.study.id,
      queries.map(({ id }) => id),
    );
    const reachable = new Map(
      found.filter(({ site }) => reaches(caller.sites, site)).map((query) => [query.id, query]),
    );
    if (reachable.size < queries.length) throw notFound('One of the queries');
    const { at } = await holderOf(tx, caller);
    const time = services.now().toISOString();
    const results: { id: string; number: number; status: QueryStatus; version: number }[] = [];
    const issues: { path: string; message: string }[] = [];
    for (const [index, { id, version }] of queries.entries()) {
      const query = reachable.get(id)!;
      try {
        const after = await carryOut(tx, caller, at(query.site), query, act, { at: time, version });
        results.push({ id, number: query.number, ...after });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        issues.push({ path: `queries.${index}`, message: error.message });
      }
    }
    // Thrown in the transaction, so that what was done to the others is undone.
    if (issues.length > 0)
      throw new Refused(
        'conflict',
        `${issues.length} of ${queries.length} queries can’t take this. None was changed: ${issues[0]!.message}`,
        { issues },
      );
    return results;
  });
  return { rows };
}
