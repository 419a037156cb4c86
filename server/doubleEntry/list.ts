import { mayAt } from '../access/mayAt.ts';
import { reaches } from '../access/rules.ts';
import { userNames } from '../accounts/store.ts';
import type { Connection } from '../db/database.ts';
import type { ItemValues } from '../forms/contract.ts';
import type { Caller, Services } from '../services.ts';
import type { EntryState } from './contract.ts';
import { bothEntries } from './pairs/store.ts';
import { differencesBetween, stateOf, undecided } from './rules.ts';
import { completeForms, decisionCounts, decisionsOf, entriesOfStudy, savedBy } from './store.ts';
import { wantedTwice } from './wanted.ts';

interface Question {
  page: number;
  size: number;
  show: 'mine' | 'unsettled' | 'all' | EntryState;
  site?: string;
}

interface Row {
  form: Awaited<ReturnType<typeof completeForms>>[number];
  entry: Awaited<ReturnType<typeof entriesOfStudy>>[number] | undefined;
  state: EntryState;
  mayEnter: boolean;
  mayAdjudicate: boolean;
}

const unsettled: readonly EntryState[] = ['waiting', 'started', 'differs'];

/** Complete forms that the protocol wants entered twice, the longest waiting first. */
export async function listDoubleEntry(services: Services, caller: Caller, question: Question) {
  const db = services.db.read;
  const rows = (await allRows(db, caller)).filter(
    ({ form }) => question.site === undefined || form.site === question.site,
  );
  const counts = { waiting: 0, started: 0, differs: 0, agrees: 0, adjudicated: 0 };
  for (const { state } of rows) counts[state] += 1;
  const forMe = rows.filter(({ mayEnter, mayAdjudicate }) => mayEnter || mayAdjudicate);
  const shown =
    question.show === 'mine'
      ? forMe
      : rows.filter(({ state }) =>
          question.show === 'all'
            ? true
            : question.show === 'unsettled'
              ? unsettled.includes(state)
              : state === question.show,
        );
  const page = shown.slice((question.page - 1) * question.size, question.page * question.size);
  const open = await openDifferences(
    db,
    caller,
    page.flatMap(({ entry, state }) => (entry && state === 'differs' ? [entry.id] : [])),
  );
  const names = await userNames(
    db,
    page.flatMap(({ entry }) => entry?.saved_by ?? []),
  );
  return {
    declared: caller.study.document.doubleEntry !== undefined,
    rows: page.map(({ form, entry, state, mayEnter, mayAdjudicate }) => ({
      participant: form.code,
      site: form.site,
      visit: form.visit,
      instrument: form.instrument,
      state,
      firstAt: form.saved_at,
      secondBy: entry ? (names.get(entry.saved_by) ?? entry.saved_by) : null,
      secondAt: entry?.saved_at ?? null,
      differences: entry === undefined || state === 'started' ? null : (open.get(entry.id) ?? 0),
      mayEnter,
      mayAdjudicate,
    })),
    total: shown.length,
    mine: forMe.length,
    counts,
  };
}

/** How many forms still wait for a second entry, or for a decision where the two differ. */
export async function countUnsettled(
  db: Connection,
  { study, sites }: Pick<Caller, 'study' | 'sites'>,
): Promise<number> {
  const rows = await statesOf(db, { study, sites });
  return rows.filter(({ state }) => unsettled.includes(state)).length;
}

async function statesOf(db: Connection, { study, sites }: Pick<Caller, 'study' | 'sites'>) {
  const { doubleEntry } = study.document;
  if (!doubleEntry) return [];
  const forms = (await completeForms(db, study.id, { ...doubleEntry, sites })).filter((form) =>
    wantedTwice(study.document, form.participant_id, form.visit, form.instrument),
  );
  const entries = new Map(
    (await entriesOfStudy(db, study.id)).map((one) => [
      `${one.participant_id} ${one.visit} ${one.instrument}`,
      one,
    ]),
  );
  const decisions = await decisionCounts(db, study.id);
  return forms.map((form) => {
    const entry = entries.get(`${form.participant_id} ${form.visit} ${form.instrument}`);
    return { form, entry, state: stateOf(entry, entry ? (decisions.get(entry.id) ?? 0) : 0) };
  });
}

async function allRows(db: Connection, caller: Caller): Promise<Row[]> {
  const states = await statesOf(db, caller);
  if (states.length === 0) return [];
  const mine = await savedBy(db, caller.study.id, caller.user.id);
  const sites = [...new Set(states.map(({ form }) => form.site))].filter((site) =>
    reaches(caller.sites, site),
  );
  const may = new Map<string, { enter: boolean; adjudicate: boolean }>();
  for (const site of sites)
    may.set(site, {
      enter: await mayAt(db, caller, 'double-entry.enter', site),
      adjudicate: await mayAt(db, caller, 'double-entry.adjudicate', site),
    });
  return states.map((row) => {
    const { form, entry, state } = row;
    const here = may.get(form.site);
    const first = mine.has(form.id);
    return {
      ...row,
      mayEnter: (state === 'waiting' || state === 'started') && !first && (here?.enter ?? false),
      mayAdjudicate:
        state === 'differs' && !first && !mine.has(entry?.id ?? '') && (here?.adjudicate ?? false),
    };
  });
}

async function openDifferences(
  db: Connection,
  { study }: Caller,
  entries: readonly string[],
): Promise<Map<string, number>> {
  const decisions = await decisionsOf(db, entries);
  return new Map(
    (await bothEntries(db, entries)).map((row) => {
      const instrument = study.instruments.get(row.instrument)!;
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
