import { IconDownload } from '@tabler/icons-react';
import { Fragment } from 'react';
import { exportAllocations } from '../../server/randomisation/contract.ts';
import { addressOf } from '../api.ts';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { useMay, useSession, useSessionStudy, useStudyId } from '../session.ts';
import css from './allocation.module.css';
import type { DesignView } from './types.ts';
import { provable, verifyCommand } from './words.ts';

/** How someone who trusts nobody here checks the log: two files and one command. */
export function Verify({ design }: { design: DesignView }) {
  const study = useStudyId();
  const may = useMay();
  const blinded = useSessionStudy()?.blinded ?? true;
  const whole = useSession().memberships.some((one) => one.study === study && one.site === null);
  const command = verifyCommand(study, design.epochs);
  const takes = may('allocation.log') && whole;
  return (
    <section className="card" aria-labelledby="verify">
      <header>
        <h2 id="verify">{t('Anyone can check the log')}</h2>
      </header>
      <div className={`body ${css.rail}`}>
        <p>
          {t(
            'Give the log to a stranger. With Node 20 and the verifier, one file that needs nothing from here, they run:',
          )}
        </p>
        <div className={css.command}>
          <code className="mono">
            {command.split(' ').map((part) => (
              <Fragment key={part}>
                <span className={part.length > 30 ? undefined : 'nowrap'}>{part}</span>{' '}
              </Fragment>
            ))}
          </code>
          <CopyButton text={command} what={t('the command')} />
        </div>
        <div className="row wrap">
          {takes && (
            <a className="btn" href={addressOf(exportAllocations, { params: { study } })} download>
              <IconDownload className="ic" aria-hidden />
              {t('Log, JSON')}
            </a>
          )}
          <a className="btn" href="/verifier.mjs" download="verifier.mjs">
            <IconDownload className="ic" aria-hidden />
            {t('Verifier')}
          </a>
        </div>
        <p className="small mute">
          {takes
            ? t('{provable} Taking the log is recorded.', { provable: provable(blinded, design.revealedAt) })
            : t('The log of the whole study is taken by a statistician, a data manager or a monitor.')}
        </p>
      </div>
    </section>
  );
}
