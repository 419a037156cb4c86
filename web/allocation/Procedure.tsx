import { IconShieldCheck } from '@tabler/icons-react';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';
import css from './allocation.module.css';
import { Epoch } from './Epoch.tsx';
import type { DesignView } from './types.ts';
import { methodSentence } from './words.ts';

/** The rule in words, and what was fixed before the first participant, epoch by epoch. */
export function Procedure({ design }: { design: DesignView }) {
  const view = useStudyView();
  const { epochs, revealedAt, allocations } = design;
  return (
    <section className="card" aria-labelledby="procedure">
      <header>
        <div>
          <h2 id="procedure">{t('How participants are allocated')}</h2>
          <p>
            {t('{allocations, plural, one {# allocation} other {# allocations}} so far', { allocations })}
            {view && t(', {target, number} planned', { target: view.document.recruitment.target })}
          </p>
        </div>
      </header>
      <div className="body">
        <p className={css.method}>{methodSentence(said(design.method))}</p>
        {epochs.toReversed().map((epoch) => (
          <Epoch
            key={epoch.epoch}
            epoch={epoch}
            inForce={epoch === epochs.at(-1)}
            alone={epochs.length === 1}
          />
        ))}
        <p className={`note ${revealedAt ? 'ok' : ''}`}>
          <IconShieldCheck className="ic" aria-hidden />
          <span>
            {revealedAt
              ? t(
                  'Randomisation was closed and the secret revealed on {revealedAt}. Anyone with the log can draw every allocation again.',
                  { revealedAt: fullStamp(revealedAt) },
                )
              : t(
                  'Publish the commitment where its date can’t be changed: in the trial registry, or with a third party. It gives nothing away, and ties the study to one secret: after the close anyone can check that every allocation came from it.',
                )}
          </span>
        </p>
      </div>
    </section>
  );
}
