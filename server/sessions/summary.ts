import { allParticipants } from '../participants/store.ts';
import { allocationsOfStudy } from '../randomisation/store.ts';
import { reach } from '../results/reach.ts';
import type { Caller, Services } from '../services.ts';
import type { SessionSummary } from './contract.ts';
import { listSessions } from './read.ts';
import { armsWithSessions } from './rules.ts';

/** Sessions attended by everyone allocated to each arm that has sessions, and how they were rated. */
export async function sessionSummary(
  services: Services,
  caller: Caller,
  query: { site?: string },
): Promise<SessionSummary> {
  const { study } = caller;
  const db = services.db.read;
  const { rows, fidelity } = await listSessions(services, caller, query);
  const here = new Map(
    (await allParticipants(db, study.id, reach(caller, query.site))).map((one) => [one.id, one.code]),
  );
  const allocations = (await allocationsOfStudy(db, study.id)).filter((one) => here.has(one.participant_id));
  const valid = rows.filter(({ struck }) => !struck);
  const rated = fidelity.filter(({ struck }) => !struck);
  const scales = study.document.fidelity ?? [];
  return {
    arms: armsWithSessions(study.document).map(({ id, short }) => {
      const codes = allocations.filter(({ arm }) => arm === id).map((one) => here.get(one.participant_id)!);
      const members = new Set(codes);
      const own = valid.filter(({ participant }) => participant !== null && members.has(participant));
      const attended = own.filter(({ content }) => content.attendance === 'attended');
      const each = codes.map((code) => attended.filter(({ participant }) => participant === code).length);
      const sheets = new Set(attended.map(({ sheet }) => sheet));
      const ratings = rated.filter(({ sheet }) => sheets.has(sheet));
      return {
        arm: id,
        label: short,
        participants: codes.length,
        attendedAny: each.filter((n) => n > 0).length,
        attended: attended.length,
        missed: own.length - attended.length,
        ...spread(each),
        sessions: sheets.size,
        rated: new Set(ratings.map(({ sheet }) => sheet)).size,
        ratings: scales.map(({ id: scale, label, adequate }) => {
          const values = ratings.flatMap(({ content }) => content.ratings[scale] ?? []);
          return {
            scale,
            label,
            n: values.length,
            mean: meanOf(values),
            adequate: adequate === undefined ? null : values.filter((value) => value >= adequate).length,
          };
        }),
      };
    }),
  };
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Mean, sample standard deviation, median and maximum of the counts. */
function spread(counts: readonly number[]) {
  const mean = meanOf(counts);
  if (mean === null) return { mean, sd: null, median: null, most: null };
  const sorted = [...counts].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const squares = counts.reduce((sum, n) => sum + (n - mean) ** 2, 0);
  return {
    mean,
    sd: counts.length < 2 ? null : Math.sqrt(squares / (counts.length - 1)),
    median: (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2,
    most: sorted.at(-1)!,
  };
}
