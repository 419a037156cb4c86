import { useState } from 'react';
import { markConsent, readVerification, type VerificationRow } from '../../server/verification/contract.ts';
import { newKey, useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { useMay, useStudyId } from '../session.ts';

/** The signed consent form of one participant. */
export function ConsentPanel({ row: { participant, due } }: { row: VerificationRow }) {
  const study = useStudyId();
  const may = useMay();
  const mark = useCall(markConsent, { invalidates: [readVerification] });
  const [key] = useState(newKey);
  return (
    <section className="card" aria-label={t('Consent')}>
      <header>
        <h2>{t('Consent of {participant}', { participant })}</h2>
      </header>
      <div className="body stack">
        <p>{t('Compare version, signature and day on the signed form with the participant’s page.')}</p>
        <Refusal cause={mark.error} />
        {due === 0 ? (
          <p className="tag ok">{t('Verified')}</p>
        ) : (
          may('verification.mark') && (
            <button
              type="button"
              className="btn pri"
              disabled={mark.isPending}
              onClick={() => mark.mutate({ params: { study, participant }, body: { key, verified: true } })}
            >
              {t('Verified against the source')}
            </button>
          )
        )}
      </div>
    </section>
  );
}
