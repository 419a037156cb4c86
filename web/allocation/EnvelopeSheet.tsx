import { IconAlertTriangle, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Mark } from '../parts/Mark.tsx';
import { usePrinting } from '../results/printing.ts';
import { useSession, useStudyView } from '../session.ts';
import css from './allocation.module.css';
import type { EnvelopeList } from './types.ts';
import { sheetLine, spelled } from './words.ts';

/** The sheet: for each envelope what goes on it, and what goes into it. Nothing of it stays when it is closed. */
export function EnvelopeSheet({ list, onClose }: { list: EnvelopeList; onClose: () => void }) {
  const view = useStudyView();
  const { user } = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  const [takenAt] = useState(() => new Date().toISOString());
  usePrinting();
  useEffect(() => heading.current?.focus(), []);
  const used = list.envelopes.filter(({ usedFor }) => usedFor !== null).length;
  return (
    <>
      <div className="head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {t('Emergency envelopes')}
          </h1>
          <p>
            {t('{sheetLine} by {name}', {
              sheetLine: sheetLine(list.envelopes.length, list.epoch, takenAt),
              name: user.name,
            })}
          </p>
        </div>
        <div className="acts no-print">
          <button type="button" className="btn" onClick={onClose}>
            {t('Close the sheet')}
          </button>
          <button type="button" className="btn pri" onClick={() => window.print()}>
            <IconPrinter className="ic" aria-hidden />
            {t('Print')}
          </button>
        </div>
      </div>
      <p className={`note wrn no-print ${css.sheetNote}`}>
        <IconAlertTriangle className="ic" aria-hidden />
        <span>
          <strong>{t('Whoever reads this page knows the next arms.')}</strong>{' '}
          {t('Cut at the broken line, put the lower part into the envelope and the upper part on it.')}
          {used > 0 &&
            ` ${t('{used} of them {what} used already and not printed again.', { used, what: used === 1 ? 'is' : 'are' })}`}
        </span>
      </p>
      <ol className={css.sheet}>
        {list.envelopes.map(({ number, code, arm, usedFor }) =>
          usedFor ? (
            <li key={number} className={`${css.used} no-print`}>
              {rich('Envelope {number}: used for <code>{usedFor}</code>', { number, usedFor })}
            </li>
          ) : (
            <li key={number}>
              <div className={css.outside}>
                <p className={css.sheetHead}>
                  <Mark />
                  {view?.document.code}
                  <span>{t('epoch {epoch}', { epoch: list.epoch })}</span>
                </p>
                <p className={css.number}>{t('Envelope {number}', { number })}</p>
                <p>
                  {t(
                    'Open in order, only when the service can’t be reached, and only for an eligible person who has consented.',
                  )}
                </p>
                <dl>
                  <dt>{t('Participant ID')}</dt>
                  <dd />
                  <dt>{t('Opened, day and time')}</dt>
                  <dd />
                  <dt>{t('By')}</dt>
                  <dd />
                </dl>
              </div>
              <div className={css.inside}>
                <p>{t('Envelope {number}: allocated to', { number })}</p>
                <p className={css.arm}>{arm.name}</p>
                <p>{arm.short}</p>
                <p className={css.codeLine}>
                  {rich('Code <b>{spelled}</b>', {
                    spelled: spelled(code),
                    b: (inner) => <b className="code">{inner}</b>,
                  })}
                </p>
                <p>{t('Enter the code at “Enrol”, step 6, as soon as the service answers.')}</p>
              </div>
            </li>
          ),
        )}
      </ol>
    </>
  );
}
