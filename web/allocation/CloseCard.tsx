import { IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import css from './allocation.module.css';
import { RevealSecret } from './RevealSecret.tsx';

/** At the end of recruitment: the owner closes randomisation and reveals the secret. */
export function CloseCard() {
  const [asking, setAsking] = useState(false);
  return (
    <section className="card" aria-labelledby="close">
      <header>
        <h2 id="close">{t('Close randomisation')}</h2>
      </header>
      <div className={`body ${css.rail}`}>
        <p>
          {t(
            'When the last participant is in: nobody can be randomised after it, and the revealed secret lets anyone draw every allocation again.',
          )}
        </p>
        <div>
          <button type="button" className="btn" onClick={() => setAsking(true)}>
            <IconLockOpen className="ic" aria-hidden />
            {t('Reveal the secret')}
          </button>
        </div>
      </div>
      {asking && <RevealSecret onClose={() => setAsking(false)} />}
    </section>
  );
}
