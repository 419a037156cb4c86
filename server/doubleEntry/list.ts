import { allows } from '../access/table.ts';
import { activeMemberships, userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import type { ItemValues } from '../forms/contract.ts';
import type { Caller, Services } from '../services.ts';
import { studyUnder } from '../studies/at.ts';
import { type EntryState, entryState } from './contract.ts';
import { bothEntries } from './pairs/store.ts';
import { differencesBetween, undecided } from './rules.ts';
import { type Asker, countFor, countStates, pageOfStates, type Scope } from './states/store.ts';
import { decisionsOf } from './store.ts';

interface Question {
  page: number;
  size: number;
  show: 'mine' | 'unsettled' | 'all' | EntryState;
  site?: string;
}

const unsettled: readonly EntryState[] = ['waiting', 'started', 'differs'];
const nothing = { waiting: 0, started: 0, differs: 0, agrees: 0, adjudicated: 0 };

/** Complete forms that the protocol wants entered twice, the longest waiting first, a page at a time. */
export async function listDoubleEntry(services: Services, caller: Caller, { site, show, ...page }: Question) {
  const db = services.db.read;
  const scope = scopeOf(caller, site);
  if (!scope)
    return {
      declared: caller.study.document.doubleEntry !== undefined,
      rows: [],
      total: 0,
      mine: 0,
      counts: nothing,
    };
  const asker = await askerOf(db, caller);
  const states =
    show === 'all' ? entryState.options : show === 'unsettled' ? unsettled : show === 'mine' ? null : [show];
  const [counts, mine, rows] = await Promise.all([
    countStates(db, scope),
    countFor(db, scope, asker),
    pageOfStates(db, scope, states ? { states } : { asker }, asker, page),
  ]);
  const open = await openDifferences(
    db,
    caller,
    rows.flatMap(({ entry_id, state }) => (entry_id !== null && state === 'differs' ? [entry_id] : [])),
  );
  const names = await userNames(
    db,
    rows.flatMap(({ entry_by }) => entry_by ?? []),
  );
  return {
    declared: true,
    rows: rows.map((row) => ({
      participant: row.code,
      site: row.site,
      visit: row.visit,
      instrument: row.instrument,
      state: row.state,
      firstAt: row.saved_at,
      secondBy: row.entry_by === null ? null : (names.get(row.entry_by) ?? row.entry_by),
      secondAt: row.entry_at,
      differences: row.entry_id === null || row.state === 'started' ? null : (open.get(row.entry_id) ?? 0),
      mayEnter: Boolean(row.may_enter),
      mayAdjudicate: Boolean(row.may_adjudicate),
    })),
    total: states ? states.reduce((sum, state) => sum + counts[state], 0) : mine,
    mine,
    counts,
  };
}

/** How many forms still wait for a second entry, or for a decision where the two differ. */
export async function countUnsettled(
  db: Connection,
  caller: Pick<Caller, 'study' | 'sites'>,
): Promise<number> {
  const scope = scopeOf(caller);
  if (!scope) return 0;
  const counts = await countStates(db, scope);
  return unsettled.reduce((sum, state) => sum + counts[state], 0);
}

/** Null where there is nothing to be entered twice within the caller's reach. */
function scopeOf({ study, sites }: Pick<Caller, 'study' | 'sites'>, site?: string): Scope | null {
  const { doubleEntry } = study.document;
  const within = site === undefined ? sites : new Set(sites === null || sites.has(site) ? [site] : []);
  return doubleEntry && within?.size !== 0 ? { study: study.id, wanted: doubleEntry, sites: within } : null;
}

/** Where the caller's roles let them enter again, and decide. */
async function askerOf(db: Connection, { user, study, roles }: Caller): Promise<Asker> {
  const memberships = await activeMemberships(db, user.id, study.id);
  const where = (action: 'double-entry.enter' | 'double-entry.adjudicate') => {
    if (!allows(action, roles)) return new Set<string>();
    const sites = memberships.filter(({ role }) => allows(action, [role])).map(({ site }) => site);
    return sites.includes(null) ? null : new Set(sites.filter((site) => site !== null));
  };
  return {
    user: user.id,
    enters: where('double-entry.enter'),
    adjudicates: where('double-entry.adjudicate'),
  };
}

async function openDifferences(
  db: Connection,
  { study }: Caller,
  entries: readonly string[],
): Promise<Map<string, number>> {
  const decisions = await decisionsOf(db, entries);
  return new Map(
    (await bothEntries(db, entries)).map((row) => {
      const instrument = studyUnder(study, row.study_version).instruments.get(row.instrument)!;
      const differences = differencesBetween(
        instrument,
        { assessedOn: row.first_on, values: JSON.parse(row.first_answers) as ItemValues },
        { assessedOn: row.second_on, values: JSON.parse(row.second_answers) as ItemValues },
      );
      const decided = decisions
        .filter(({ entry_id }) => entry_id === row.id)
        .map(({ field }) => ({ field, choice: 'first' as const, value: null }));
      return [row.id, undecided(differences, decided).length];
    }),
  );
}
