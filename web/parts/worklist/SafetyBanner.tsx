import { IconAlertOctagon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { t } from '../../language/t.ts';
import { useMay, useStudyId, useStudyView } from '../../session.ts';
import { type Day, recent } from '../../time.ts';
import { instrumentShort, itemPlace } from '../naming.ts';

export interface Alert {
  id: string;
  participant: string;
  visit: string;
  instrument: string;
  item: string;
  value: number;
  openedAt: string;
  steps: string[];
}

const ResolveAlert = lazy(() => import('../dialogs/ResolveAlert.tsx'));

/** Open safety alerts; each stays until someone has recorded what was done. */
export function SafetyBanner({ alerts, today }: { alerts: readonly Alert[]; today: Day }) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const [chosen, setChosen] = useState<Alert | null>(null);
  return (
    <>
      {alerts.map((alert) => {
        const place = itemPlace(view, alert.instrument, alert.item);
        return (
          <div key={alert.id} className="safety" role="status">
            <IconAlertOctagon className="ic" aria-hidden />
            <span className="grow">
              <strong>{t('Safety alert open.')}</strong>{' '}
              <Link
                className="code"
                to="/s/$study/participants/$participant"
                params={{ study, participant: alert.participant }}
              >
                {alert.participant}
              </Link>
              , {instrumentShort(view, alert.instrument)}{' '}
              {place.number > 0 ? t('item {item}', { item: place.number }) : place.label}{' '}
              {t('scored {value}, {openedAt}', {
                value: alert.value,
                openedAt: recent(alert.openedAt, today),
              })}
            </span>
            {may('alerts.resolve') && (
              <button type="button" className="btn sm" onClick={() => setChosen(alert)}>
                {t('Record what was done')}
              </button>
            )}
          </div>
        );
      })}
      <Suspense>{chosen && <ResolveAlert alert={chosen} onClose={() => setChosen(null)} />}</Suspense>
    </>
  );
}
