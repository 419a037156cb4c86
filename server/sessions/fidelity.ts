import { reaches } from '../access/rules.ts';
import type { Connection } from '../db/database.ts';
import { conflict, notFound, notValid } from '../errors.ts';
import { therapistsOf } from '../groups/store.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { insert, type Saved } from '../records/add.ts';
import { type RecordKind, refuseKept } from '../records/kind.ts';
import { recordsOf } from '../records/store.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import type { FidelityContent, SessionContent } from './contract.ts';
import { problemsOfFidelity } from './rules.ts';

type OfSession = FidelityContent & { sheet: string };

/** Ratings of a session as a whole, so that they are about its site and no participant. */
export const fidelity: RecordKind<OfSession> = {
  kind: 'fidelity',
  family: 'fidelity',
  what: 'Fidelity rating',
  tells: 'arms',
  async check({ services, caller, tx, content, before }) {
    const sheet = before?.sheet ?? content.sheet;
    const rated = await sessionOf(tx, caller, sheet);
    const { sheet: _, ...rating } = content;
    const problems = problemsOfFidelity(caller.study.document, rating, rated, today(services));
    if (problems.length > 0) throw notValid(`${problems[0]!.message} Nothing was saved.`, problems);
    return { ...rating, sheet };
  },
};

/** When the session was, where, and who led it. */
async function sessionOf(db: Connection, caller: Caller, sheet: string) {
  const rows = (await recordsOf(db, caller.study.id, 'session', { sites: null, sheet })).filter(
    (row) => row.struck === 0,
  );
  const first = rows[0];
  if (!first || !reaches(caller.sites, first.site)) throw notFound('The session');
  const contents = rows.map((row) => JSON.parse(row.content) as SessionContent);
  const led = new Set(contents.map(({ therapist }) => therapist));
  const therapists = await therapistsOf(db, caller.study.id);
  return {
    site: first.site,
    on: contents.map(({ on }) => on).sort()[0]!,
    held: contents.some(({ attendance }) => attendance === 'attended'),
    therapists: therapists.filter(({ id }) => led.has(id)).map(({ name }) => name),
  };
}

/** Rates a session that took place. */
export async function rateSession(
  services: Services,
  caller: Caller,
  sheet: string,
  input: { key: string; content: FidelityContent },
): Promise<Saved> {
  refuseKept(caller, fidelity);
  const act = { user: caller.user, study: caller.study.id, endpoint: 'fidelity.add', key: input.key };
  return once(services, { ...act, payload: { sheet, content: input.content } }, async (tx) => {
    const { site, held } = await sessionOf(tx, caller, sheet);
    await refuseLocked(tx, caller, { site });
    if (!held) throw conflict('Nobody came to this session, so there is nothing to rate. Nothing was saved.');
    return insert(services, tx, caller, fidelity, { site }, { ...input.content, sheet }, sheet);
  });
}
