import { IconAlertTriangle, IconPrinter } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
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
            Emergency envelopes
          </h1>
          <p>
            {sheetLine(list.envelopes.length, list.epoch, takenAt)} by {user.name}
          </p>
        </div>
        <div className="acts no-print">
          <button type="button" className="btn" onClick={onClose}>
            Close the sheet
          </button>
          <button type="button" className="btn pri" onClick={() => window.print()}>
            <IconPrinter className="ic" aria-hidden />
            Print
          </button>
        </div>
      </div>
      <p className={`note wrn no-print ${css.sheetNote}`}>
        <IconAlertTriangle className="ic" aria-hidden />
        <span>
          <strong>Whoever reads this page knows the next arms.</strong> Cut at the broken line, put the lower
          part into the envelope and the upper part on it.
          {used > 0 && ` ${used} of them ${used === 1 ? 'is' : 'are'} used already and not printed again.`}
        </span>
      </p>
      <ol className={css.sheet}>
        {list.envelopes.map(({ number, code, arm, usedFor }) =>
          usedFor ? (
            <li key={number} className={`${css.used} no-print`}>
              Envelope {number}: used for <span className="code">{usedFor}</span>
            </li>
          ) : (
            <li key={number}>
              <div className={css.outside}>
                <p className={css.sheetHead}>
                  <Mark />
                  {view?.document.code}
                  <span>epoch {list.epoch}</span>
                </p>
                <p className={css.number}>Envelope {number}</p>
                <p>
                  Open in order, only when the service can’t be reached, and only for an eligible person who
                  has consented.
                </p>
                <dl>
                  <dt>Participant ID</dt>
                  <dd />
                  <dt>Opened, day and time</dt>
                  <dd />
                  <dt>By</dt>
                  <dd />
                </dl>
              </div>
              <div className={css.inside}>
                <p>Envelope {number}: allocated to</p>
                <p className={css.arm}>{arm.name}</p>
                <p>{arm.short}</p>
                <p className={css.codeLine}>
                  Code <b className="code">{spelled(code)}</b>
                </p>
                <p>Enter the code at “Enrol”, step 6, as soon as the service answers.</p>
              </div>
            </li>
          ),
        )}
      </ol>
    </>
  );
}
