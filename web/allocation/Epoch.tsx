import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import { useMay, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';
import css from './allocation.module.css';
import { EnterBeacon } from './EnterBeacon.tsx';
import { Hash } from './Hash.tsx';
import type { EpochView } from './types.ts';
import { publication } from './words.ts';

/** One design as it was fixed: its hash, the commitment to publish, and the public value that it waits for. */
export function Epoch({ epoch, inForce, alone }: { epoch: EpochView; inForce: boolean; alone: boolean }) {
  const view = useStudyView();
  const may = useMay();
  const [entering, setEntering] = useState(false);
  const { beacon } = epoch;
  return (
    <div className={css.epoch}>
      <dl>
        <div>
          <dt>
            {alone
              ? t('In force since')
              : t('Epoch {epoch}, {what}', { epoch: epoch.epoch, what: inForce ? t('in force') : 'from' })}
          </dt>
          <dd>{fullStamp(epoch.activatedAt)}</dd>
        </div>
        <div>
          <dt>{t('Design, SHA-256')}</dt>
          <dd>
            <Hash value={epoch.designHash} what={t('the hash of the design')} />
          </dd>
        </div>
        <div>
          <dt>{t('Commitment')}</dt>
          <dd>
            <Hash value={epoch.commitment} what={t('the commitment')} />
            {view && (
              <CopyButton
                text={publication(view.document, epoch)}
                what={t('the text to publish')}
                words={t('Copy as text to publish')}
              />
            )}
          </dd>
        </div>
        {beacon && (
          <div>
            <dt>{t('Public value')}</dt>
            <dd>
              {beacon.name}
              {beacon.value ? (
                <Hash value={beacon.value} what={t('the public value')} />
              ) : (
                <p className={`note wrn ${css.waits}`}>
                  <IconClock className="ic" aria-hidden />
                  <span>
                    <strong>{t('Not entered yet.')}</strong>{' '}
                    {t('Nobody can be randomised until the owner has entered it.')}
                  </span>
                </p>
              )}
              {!beacon.value && inForce && may('allocation.close') && (
                <button type="button" className="btn sm" onClick={() => setEntering(true)}>
                  {t('Enter the public value')}
                </button>
              )}
            </dd>
          </div>
        )}
      </dl>
      {entering && beacon && <EnterBeacon name={beacon.name} onClose={() => setEntering(false)} />}
    </div>
  );
}
