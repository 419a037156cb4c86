import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import css from './allocation.module.css';
import { PrintEnvelopes } from './PrintEnvelopes.tsx';
import type { EnvelopeList } from './types.ts';

/** Envelopes for an outage: taken by the data manager, sealed by someone who enrols nobody. */
export function EnvelopesCard({ onTaken }: { onTaken: (list: EnvelopeList) => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <section className="card" aria-labelledby="envelopes">
      <header>
        <h2 id="envelopes">{t('Emergency envelopes')}</h2>
      </header>
      <div className={`body ${css.rail}`}>
        <p>
          {t(
            'For the day when the service can’t be reached: sealed envelopes, drawn from the same secret under a label of their own. What they decide is entered here afterwards.',
          )}
        </p>
        <div>
          <button type="button" className="btn" onClick={() => setAsking(true)}>
            <IconMail className="ic" aria-hidden />
            {t('Print envelopes')}
          </button>
        </div>
      </div>
      {asking && <PrintEnvelopes onTaken={onTaken} onClose={() => setAsking(false)} />}
    </section>
  );
}
