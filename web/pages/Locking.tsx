import { IconLock, IconSnowflake } from '@tabler/icons-react';
import { useState } from 'react';
import { listHolds, lockReadiness, participantHolds, type Scope } from '../../server/locks/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { HoldDialog } from '../locking/HoldDialog.tsx';
import { HoldsTable } from '../locking/HoldsTable.tsx';
import css from '../locking/locking.module.css';
import { offered } from '../locking/over.ts';
import { Readiness } from '../locking/Readiness.tsx';
import { Empty } from '../parts/Empty.tsx';
import { FindField } from '../parts/FindField.tsx';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName } from '../parts/naming.ts';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';

const isCode = (text: string | undefined): text is string => /^[A-Z]{2,6}-\d{4,6}$/.test(text ?? '');

/** What stands against locking the study, a site or a participant; what is frozen and locked, and by whom. */
export default function Locking() {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const [{ site, find }, setFilter] = useFilters();
  const [asked, setAsked] = useState<'freeze' | 'lock' | null>(null);
  const code = find?.trim().toUpperCase();
  const participant = isCode(code) ? code : undefined;
  const scope: Scope = participant
    ? { level: 'participant', participant }
    : site
      ? { level: 'site', site }
      : { level: 'study' };
  const label = participant ?? (site ? siteName(view, site) : t('the whole study'));
  const query = participant ? { participant } : site ? { site } : {};
  const ready = useEndpoint(lockReadiness, { params: { study }, query });
  const holds = useEndpoint(listHolds, { params: { study } });
  const ofParticipant = useEndpoint(
    participantHolds,
    { params: { study, participant: participant ?? '' } },
    { enabled: participant !== undefined && may('forms.read') },
  );
  const known =
    participant && may('forms.read')
      ? ofParticipant.data?.holds
      : holds.data?.holds.filter(
          (hold) => !participant || hold.scope.level === 'study' || isOf(hold.scope, participant),
        );
  const still = known ? offered(known, scope) : { freeze: false, lock: false };
  const mayLock = may(scope.level === 'study' ? 'locks.lock-study' : 'locks.lock');
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Locking')}</h1>
          <p>
            {ready.data
              ? t(
                  '{participants, plural, one {# participant} other {# participants}}, {things, plural, one {# thing} other {# things}} still open',
                  { participants: ready.data.participants, things: ready.data.open },
                )
              : t('What is still open before data are locked')}
          </p>
        </div>
        <div className="acts">
          {may('locks.freeze') && still.freeze && (
            <button type="button" className="btn" onClick={() => setAsked('freeze')}>
              <IconSnowflake className="ic" aria-hidden />
              {t('Freeze {label}', { label })}
            </button>
          )}
          {mayLock && still.lock && (
            <button type="button" className="btn pri" onClick={() => setAsked('lock')}>
              <IconLock className="ic" aria-hidden />
              {t('Lock {label}', { label })}
            </button>
          )}
        </div>
      </div>
      <div className={`row wrap ${css.filters}`}>
        <SiteFilter value={site} onChange={(to) => setFilter({ site: to, find: undefined })} />
        <FindField label={t('Participant ID')} value={find} onChange={(to) => setFilter({ find: to })} />
      </div>
      <div className={css.cards}>
        <section className="card" aria-label={t('Readiness')}>
          <header>
            <div>
              <h2>{t('Still open')}</h2>
              <p>{t('Each is to be settled before the lock, or overruled with a reason')}</p>
            </div>
          </header>
          <Loaded of={ready} label={t('what is open')} rows={8}>
            {({ checks }) => <Readiness checks={checks} />}
          </Loaded>
        </section>
        <section className="card" aria-label={t('Frozen and locked')}>
          <header>
            <h2>{t('Frozen and locked')}</h2>
          </header>
          <Loaded of={holds} label={t('locks')} rows={4}>
            {({ holds: rows }) =>
              rows.length === 0 ? (
                <Empty title={t('Nothing is frozen or locked')}>
                  {t(
                    'A frozen part can’t be changed while queries are answered; a locked one can’t be written to.',
                  )}
                </Empty>
              ) : (
                <HoldsTable holds={rows} />
              )
            }
          </Loaded>
        </section>
      </div>
      {asked && (
        <HoldDialog
          kind={asked}
          scope={scope}
          label={label}
          open={ready.data?.open ?? 0}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

const isOf = (scope: Scope, participant: string): boolean =>
  'participant' in scope && scope.participant === participant;
