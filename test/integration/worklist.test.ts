import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gather } from '../../server/participants/gather.ts';
import { allParticipants } from '../../server/participants/store.ts';
import type { Study } from '../../server/studies/study.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { addDays } from '../../server/visits/days.rules.ts';
import { openVisits } from '../../server/visits/open/find.ts';
import { isOpen } from '../../server/visits/rules.ts';
import { type Agent, done, type TestServer, testServer } from '../setup/http.ts';

const id = 'ipt-depression';
const today = '2026-06-17';

let server: TestServer;
let study: Study;
let coordinator: Agent;
let people = 0;
beforeAll(async () => {
  server = await testServer([id], { now: `${today}T09:00:00.000Z`, timeZone: 'Europe/Helsinki' });
  study = amended(await server.study(id));
  coordinator = await server.as('coordinator');
});
afterAll(() => server?.close());

/** A second version, in force at one site, whose visits ask for other forms; a third visit is new in it, one is gone. */
function amended(first: Study): Study {
  const visits = first.document.visits;
  const last = visits.at(-1)!;
  const document = {
    ...first.document,
    visits: [
      ...visits.slice(0, -1).map((visit) => ({ ...visit, instruments: visit.instruments.slice(1) })),
      { ...last, id: 'late', label: 'Late', target: { days: 200 }, missedAfter: 20 },
    ],
  };
  const { hash, activatedAt, instruments } = first;
  const version = { hash, activatedAt, instruments };
  return {
    ...first,
    version: 2,
    document,
    versions: new Map([
      [1, { ...version, version: 1, document: first.document }],
      [2, { ...version, version: 2, document }],
    ]),
    siteVersions: new Map([['lohja', 1]]),
  };
}

const ago = (most: number) => fc.integer({ min: 0, max: most });
const person = fc.record({
  site: fc.constantFrom('lohja', 'vihti'),
  status: fc.constantFrom('consented', 'randomised', 'randomised', 'randomised', 'excluded', 'withdrawn'),
  screened: ago(700),
  // Around midnight the day in Helsinki is another than in UTC.
  hour: fc.integer({ min: 0, max: 23 }),
  randomised: fc.boolean(),
  after: ago(60),
  ended: fc.option(ago(500), { freq: 3 }),
  struck: fc.constantFrom<0 | 1>(0, 0, 1),
  forms: fc.array(
    fc.record({
      visit: fc.nat({ max: 3 }),
      /** How many of the visit's forms. */
      most: fc.nat({ max: 6 }),
      version: fc.constantFrom(1, 1, 2, null),
      mixed: fc.boolean(),
      complete: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      all: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  booked: fc.array(fc.constantFrom('m3', 'm12', 'late', 'baseline'), { maxLength: 2 }),
  unscheduled: fc.array(fc.record({ on: ago(130), begun: fc.nat({ max: 2 }), complete: fc.boolean() }), {
    maxLength: 2,
  }),
});
type Person = typeof person extends fc.Arbitrary<infer P> ? P : never;

/** Writes somebody straight into the tables. */
async function add(one: Person): Promise<void> {
  const code = `LOH-${String(++people).padStart(4, '0')}`;
  const by = (await server.services.db.read.selectFrom('user').select('id').executeTakeFirstOrThrow()).id;
  const at = `${today}T08:00:00.000Z`;
  const screened_on = addDays(today, -one.screened);
  await server.services.db.write(async (tx) => {
    const participant_id = `person-${people}`;
    await tx
      .insertInto('participant')
      .values({
        id: participant_id,
        study_id: id,
        code,
        site: one.site,
        status: one.status,
        version: 1,
        screened_on,
        screening: '{}',
        created_at: at,
        created_by: by,
      })
      .execute();
    if (one.randomised)
      await tx
        .insertInto('allocation')
        .values({
          study_id: id,
          number: people,
          participant_id,
          epoch: 1,
          source: 'service',
          stratum: '',
          arm: 'none',
          entry: '{}',
          previous_hash: '',
          hash: '',
          study_version: 1,
          allocated_at: `${addDays(today, -Math.max(0, one.screened - one.after))}T${String(one.hour).padStart(2, '0')}:30:00.000Z`,
          allocated_by: by,
        })
        .execute();
    if (one.ended !== null)
      await tx
        .insertInto('event')
        .values({
          id: `end-${people}`,
          participant_id,
          event: 'withdrawal',
          kind: 'withdrawal',
          on_day: addDays(today, -one.ended),
          detail: '',
          recorded_at: at,
          recorded_by: by,
          struck: one.struck,
          version: 1,
        })
        .execute();
    const form = (visit: string, instrument: string, complete: boolean, study_version: number | null) =>
      tx
        .insertInto('form')
        .values({
          id: crypto.randomUUID(),
          participant_id,
          visit,
          instrument,
          // Begun first and completed after, so that the database sees an insertion and a change.
          status: 'started',
          version: 1,
          assessed_on: screened_on,
          answers: '{}',
          saved_at: at,
          saved_by: by,
          study_version,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
        .then(({ id: formId }) =>
          complete
            ? tx.updateTable('form').set({ status: 'complete' }).where('id', '=', formId).execute()
            : null,
        );
    const visits = ['baseline', 'm3', 'm12', 'late'];
    for (const entered of new Map(one.forms.map((entry) => [entry.visit, entry])).values()) {
      const visit = visits[entered.visit]!;
      const version = visit === 'late' ? 2 : visit === 'm12' ? 1 : entered.version;
      const asked = study.versions
        .get(version ?? study.siteVersions.get(one.site) ?? 2)!
        .document.visits.find((definition) => definition.id === visit);
      const instruments = (asked?.instruments ?? []).slice(0, entered.all ? undefined : entered.most);
      for (const [index, instrument] of instruments.entries())
        await form(
          visit,
          instrument,
          entered.all || entered.complete[index]!,
          entered.mixed && index === 0 && version === 1 ? null : version,
        );
    }
    for (const visit of new Set(one.booked))
      await tx
        .insertInto('visit_booking')
        .values({
          participant_id,
          visit,
          booked_for: '2026-06-20T10:00',
          changed_at: at,
          changed_by: by,
          study_version: 1,
        })
        .execute();
    for (const [index, extra] of one.unscheduled.entries()) {
      const instruments = ['hamd17', 'cgi-s'];
      await tx
        .insertInto('unscheduled_visit')
        .values({
          participant_id,
          number: index + 1,
          on_day: addDays(today, -extra.on),
          reason: 'Worse',
          instruments: JSON.stringify(instruments),
          added_at: at,
          added_by: by,
          study_version: 1,
        })
        .execute();
      for (const instrument of instruments.slice(0, extra.begun))
        await form(`unscheduled-${index + 1}`, instrument, extra.complete, 1);
    }
  });
}

/** The same by reading everything of everyone. */
async function throughEveryone(sites: readonly string[] | null) {
  const db = server.services.db.read;
  const everyone = await allParticipants(db, id, sites && new Set(sites));
  const gathered = await gather(server.services, db, study, everyone);
  return gathered
    .flatMap(({ participant, visits }) =>
      visits.map(({ seenOn: _, formsTotal, ...visit }) => ({ code: participant.code, ...visit, formsTotal })),
    )
    .filter((visit) => isOpen(visit.state) && visit.closes !== null);
}

describe('open visits', () => {
  test('found by the database are those found by going through everyone', async () => {
    const key = (one: { code: string; visit: string }) => `${one.code} ${one.visit}`;
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.array(person, { minLength: 8, maxLength: 8 }),
        fc.constantFrom(null, ['lohja'], ['vihti'], []),
        async (trial, sites) => {
          for (const one of trial) await add(one);
          const found = await openVisits(server.services, study, { study: id, sites });
          const expected = sites?.length === 0 ? [] : await throughEveryone(sites);
          for (const { state } of expected) seen.set(state, (seen.get(state) ?? 0) + 1);
          const flat = found.map(({ code, visit: { seenOn: _, ...visit } }) => ({ code, ...visit }));
          expect(flat.map(key).sort()).toEqual(expected.map(key).sort());
          const sorted = (rows: typeof flat) =>
            rows
              .toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
              .map(({ code, ...rest }) => ({ code, ...rest }));
          expect(sorted(flat)).toEqual(sorted(expected));
          const closes = flat.map((one) => one.closes!);
          expect(closes).toEqual(closes.toSorted());
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
    // The trials had visits of every open state.
    expect([...seen.keys()].sort()).toEqual(['due', 'overdue', 'started', 'upcoming']);
  }, 120_000);

  test('a page is a part of all, and the counts are of all', async () => {
    const read = (query: Record<string, unknown>) =>
      done(coordinator, readWorklist, { params: { study: id }, query });
    const all = await read({ size: 500 });
    expect(all.total).toBe(all.rows.length);
    const { counts } = all;
    expect(counts.overdue + counts.week + counts.after).toBe(all.total);
    expect(counts.overdue).toBe(all.rows.filter(({ daysLeft }) => daysLeft < 0).length);
    expect(counts.oldest).toBe(-all.rows[0]!.daysLeft);
    // Wednesday 17 June; the week ends on Sunday 21 June.
    const week = all.rows.filter(({ daysLeft }) => daysLeft >= 0 && daysLeft <= 4);
    expect(counts.week).toBe(week.length);
    const idle = week.filter(({ visit, started }) => !visit.bookedFor && !visit.seenOn && !started);
    expect(counts.idle).toBe(idle.length);
    expect(all.next).toEqual(all.rows.find(({ daysLeft }) => daysLeft >= 0) ?? null);
    expect(counts.last).toBe(all.rows.at(-1)!.visit.closes);
    const pages = [await read({ size: 7, page: 1 }), await read({ size: 7, page: 2 })];
    expect(pages.flatMap(({ rows }) => rows)).toEqual(all.rows.slice(0, 14));
    expect(pages.map(({ total }) => total)).toEqual([all.total, all.total]);
    const overdue = await read({ show: 'overdue', size: 500 });
    expect(overdue.rows).toEqual(all.rows.slice(0, counts.overdue));
    expect(overdue.counts).toEqual(counts);
    expect((await read({ show: 'week', size: 500 })).rows).toEqual(week);
  });
});
