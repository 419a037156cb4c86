import { lazy, Suspense, useState } from 'react';
import { listHarms } from '../../server/harms/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useMay, useStudyId } from '../session.ts';
import { HarmTable } from './HarmTable.tsx';

const HarmDialog = lazy(() => import('./HarmDialog.tsx'));

/** A participant's adverse events. */
export function HarmsTab({ participant }: { participant: string }) {
  const study = useStudyId();
  const may = useMay();
  const harms = useEndpoint(listHarms, { params: { study }, query: { participant } });
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Loaded of={harms} label={t('adverse events')} rows={3}>
        {({ rows, now }) =>
          rows.length === 0 ? (
            <p className="records-none mute">{t('No adverse event has been recorded.')}</p>
          ) : (
            <HarmTable rows={rows} now={now} whose={false} />
          )
        }
      </Loaded>
      {may('harms.record') && (
        <div className="records-act">
          <button type="button" className="btn sm" onClick={() => setAsked(true)}>
            {t('Record an adverse event')}
          </button>
        </div>
      )}
      <Suspense>{asked && <HarmDialog participant={participant} onClose={() => setAsked(false)} />}</Suspense>
    </>
  );
}
