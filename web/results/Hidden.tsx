import { IconEyeOff } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import css from './results.module.css';

/** Where differences between arms would stand, for a role that must not see them. */
export function Hidden({ reason }: { reason: string | null }) {
  return (
    <section className={`card ${css.panel} ${css.wide}`} aria-label={t('Differences in response')}>
      <header>
        <div>
          <h2>{t('Differences in response')}</h2>
          <p>{t('Open at unmasking')}</p>
        </div>
      </header>
      <div className={css.hidden}>
        <IconEyeOff aria-hidden />
        <strong>{t('Arms are hidden for your role')}</strong>
        <p>{reason}</p>
        <p>{t('Differences between arms show once the data are locked and the trial is unmasked.')}</p>
      </div>
    </section>
  );
}
