import { IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyView } from '../session.ts';
import { type Day, fullDay } from '../time.ts';
import css from './groups.module.css';
import { Members } from './Members.tsx';
import type { Asked, Group } from './types.ts';
import { isCurrent, seated } from './words.ts';

/** One group: who leads it, when it begins, its seats; folded out, its members with the way to move or end. */
export function GroupCard({ group, today, ask }: { group: Group; today: Day; ask: (asked: Asked) => void }) {
  const view = useStudyView();
  const id = useId();
  const may = useMay();
  const taken = seated(group).length;
  const full = taken >= group.seats;
  return (
    <details className={css.group} open={isCurrent(group, today)} aria-labelledby={id}>
      <summary>
        <IconChevronRight className="ic" aria-hidden />
        <span id={id} className={css.name}>
          {group.name}
        </span>
        <span>{siteName(view, group.site)}</span>
        <span>{group.therapist ?? t('No therapist yet')}</span>
        <span className="ink2">
          {group.startsOn > today
            ? t('begins {day}', { day: fullDay(group.startsOn) })
            : t('began {day}', { day: fullDay(group.startsOn) })}
        </span>
        <span className={css.seats}>
          {t('{taken} of {seats}', { taken, seats: group.seats })}
          <span className="bar" aria-hidden>
            <i style={{ width: `${(100 * taken) / group.seats}%` }} />
          </span>
          <span className="vh">
            {t('seats taken')}
            {full && t(', full')}
          </span>
        </span>
      </summary>
      <Members
        of={group.members}
        place={{ name: group.name, site: group.site, arm: group.arm }}
        none={t('Nobody is seated yet. Seats are given from the waiting list.')}
        ask={ask}
      />
      {may('sessions.record') && group.members.length > 0 && (
        <p className={css.nobody}>
          <button
            type="button"
            className="btn sm"
            onClick={() => ask({ kind: 'session', group: group.id, arm: group.arm })}
          >
            {t('Record a session of {name}', { name: group.name })}
          </button>
        </p>
      )}
    </details>
  );
}
