import type { ScreeningCounts } from '../../analysis/index.ts';
import { screeningTally } from '../participants/tally/store.ts';
import type { Reader } from './reader.ts';

const NOT_ELIGIBLE = 'Did not meet the criteria';

/**
 * Everyone who was assessed: people registered here, and those counted by reason before registration, who are counted
 * without a day and so belong to every cut-off.
 */
export async function screeningOf(
  { study, db, people }: Pick<Reader, 'study' | 'db' | 'people'>,
  sites: ReadonlySet<string> | null,
): Promise<ScreeningCounts> {
  const registered = people
    .map(({ record }) => record)
    .filter(({ site }) => sites === null || sites.has(site));
  const tally = (await screeningTally(db, study.id)).filter((row) => sites === null || sites.has(row.site));
  const counts = new Map(study.document.screening.exclusionReasons.map((reason) => [reason.label, 0]));
  const add = (reason: string | null, count: number): void => {
    const known = study.document.screening.exclusionReasons.find((one) => one.id === reason);
    const label = known?.label ?? NOT_ELIGIBLE;
    counts.set(label, (counts.get(label) ?? 0) + count);
  };
  for (const row of tally) add(row.reason, row.count);
  for (const one of registered) if (one.status === 'excluded') add(one.exclusion_reason, 1);
  return {
    assessed: registered.length + tally.reduce((sum, row) => sum + row.count, 0),
    excluded: [...counts].map(([label, count]) => ({ label, count })),
  };
}
