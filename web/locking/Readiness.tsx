import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReadinessCheck } from '../../server/locks/contract.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { instrumentShort, visitLabel } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import css from './locking.module.css';

/** What is still open before data are locked, each with where. */
export function Readiness({ checks }: { checks: readonly ReadinessCheck[] }) {
  return (
    <div className={css.checks}>
      {checks.map((check) =>
        check.count === 0 ? (
          <div key={check.check} className={`${css.check} ${css.row}`}>
            <IconCircleCheck className="ic" aria-hidden />
            <span className="grow">{said(check.label)}</span>
            <span className="tag ok">{t('None')}</span>
          </div>
        ) : (
          <details key={check.check} className={css.check}>
            <summary>
              <IconCircleDashed className="ic" aria-hidden />
              <span className="grow">{said(check.label)}</span>
              <span className="tag wrn">{t('{count} open', { count: check.count })}</span>
            </summary>
            <Places check={check} />
          </details>
        ),
      )}
    </div>
  );
}

/** Where on the participant’s page it is settled, by check. */
const tabs: Partial<Record<string, string>> = { harms: 'harms', queries: 'queries' };

function Places({ check }: { check: ReadinessCheck }) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  return (
    <ul className={css.places}>
      {check.where.map((where) => {
        const words = [
          where.participant,
          where.visit && visitLabel(view, where.visit),
          where.instrument && instrumentShort(view, where.instrument),
        ].filter(Boolean);
        return (
          <li key={`${words.join(' ')} ${where.note}`}>
            {may('forms.read') && where.visit && where.instrument ? (
              <Link
                to="/s/$study/participants/$participant/$visit/$instrument"
                params={{
                  study,
                  participant: where.participant,
                  visit: where.visit,
                  instrument: where.instrument,
                }}
              >
                {words.join(', ')}
              </Link>
            ) : may('participants.read') ? (
              <Link
                to="/s/$study/participants/$participant"
                params={{ study, participant: where.participant }}
                search={tabs[check.check] ? { tab: tabs[check.check] } : {}}
              >
                {words.join(', ')}
              </Link>
            ) : (
              words.join(', ')
            )}
            <span className="mute"> {said(where.note)}</span>
          </li>
        );
      })}
      {check.count > check.where.length && (
        <li className="mute">{t('and {count} more', { count: check.count - check.where.length })}</li>
      )}
    </ul>
  );
}
