import type { QueryView } from '../../../server/queries/contract.ts';
import { ageBand, ageBands, isResolved } from '../../../server/queries/rules.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { ageInDays } from '../../time.ts';

const tones = { new: 'tag', ageing: 'tag', old: 'tag wrn', overdue: 'tag dng' };

/** How long a query has waited, with its band in words: "34 days, overdue". One that is settled says how long it took. */
export function Age({ query }: { query: Pick<QueryView, 'days' | 'status'> }) {
  const { days, status } = query;
  if (isResolved(status))
    return (
      <span className="small mute">
        {days === 0 ? t('same day') : t('after {ageInDays}', { ageInDays: ageInDays(days) })}
      </span>
    );
  const band = ageBand(days);
  const { label } = ageBands.find(({ id }) => id === band)!;
  return (
    <span className={tones[band]}>
      {ageInDays(days)}
      {band !== 'new' && `, ${said(label).toLowerCase()}`}
    </span>
  );
}
