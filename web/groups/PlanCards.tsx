import { IconPlus } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyView } from '../session.ts';
import css from './groups.module.css';
import type { Asked, Plan } from './types.ts';
import { planLine } from './words.ts';

/** How many wait at each site, and whether they fill another group. */
export function PlanCards({ plan, ask }: { plan: readonly Plan[]; ask: (asked: Asked) => void }) {
  const view = useStudyView();
  const may = useMay();
  const short = (arm: string) => view?.document.arms.find(({ id }) => id === arm)?.short ?? arm;
  return (
    <ul className={css.plan} aria-label={t('Plan')}>
      {plan.map((one) => (
        <li key={`${one.site} ${one.arm}`} className="card">
          <b className={css.big}>{one.waiting}</b>
          <div className="grow">
            <h2>
              {short(one.arm)}, {siteName(view, one.site)}
            </h2>
            <p>{planLine(one, siteName(view, one.site))}</p>
          </div>
          {may('groups.plan') && (
            <button
              type="button"
              className={one.canBegin && one.free < one.waiting ? 'btn pri' : 'btn'}
              aria-label={t('Plan a group of {short} at {site}', {
                short: short(one.arm),
                site: siteName(view, one.site),
              })}
              onClick={() => ask({ kind: 'group', site: one.site, arm: one.arm })}
            >
              <IconPlus className="ic" aria-hidden />
              {t('Plan a group')}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
