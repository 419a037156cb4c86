import { useComputedColorScheme } from '@mantine/core';
import { IconEyeOff, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { BoardReport } from '../../server/board/contract.ts';
import { Hash } from '../allocation/Hash.tsx';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { usePrinting } from '../results/printing.ts';
import { useMay } from '../session.ts';
import { clock, fullStamp } from '../time.ts';
import css from './board.module.css';
import { Section } from './Section.tsx';
import { type Can, TakeFiles } from './TakeFiles.tsx';
import { UnmaskDialog } from './UnmaskDialog.tsx';
import { Watermark } from './Watermark.tsx';

/** What the server says of arms, in the language of the page. */
const maskStates: Record<string, string> = {
  'Pooled over the arms': t('Pooled over the arms'),
  'Arms behind letters': t('Arms behind letters'),
};

interface Props {
  report: BoardReport;
  part: 'open' | 'closed';
  number: number;
  can: Can;
  /** Of a closed report: until when it stays on the screen. */
  until?: string;
}

/** A frozen report: what it is of, its sections, and across all of it the watermark of whoever opened it. */
export function Report({ report, part, number, can, until }: Props) {
  const { head, sha256, maskState, watermark, sections } = report;
  const may = useMay();
  const [unmasking, setUnmasking] = useState(false);
  const printing = usePrinting();
  const dark = useComputedColorScheme('light') === 'dark' && !printing;
  return (
    <article className={css.report} aria-label={part === 'open' ? t('Open report') : t('Closed report')}>
      <Watermark name={watermark.name} at={watermark.at} number={head.number} sha256={sha256} />
      <header className={css.head}>
        <div className="grow">
          <h2>
            {part === 'open'
              ? t('Open report, snapshot {number}', { number: head.number })
              : t('Closed report, snapshot {number}', { number: head.number })}
          </h2>
          <p className={css.tags}>
            <span className="tag wrn">
              {part === 'open' ? (
                <IconEyeOff className="ic" aria-hidden />
              ) : (
                <IconLock className="ic" aria-hidden />
              )}
              {maskStates[maskState] ?? maskState}
            </span>
            <span className="tag">{t('Confidential')}</span>
            {report.smallest !== null && (
              <span className="tag">
                {t('Counts below {smallest} hidden', { smallest: report.smallest })}
              </span>
            )}
            <span>{t('Data cut-off {at}', { at: fullStamp(head.cutOff) })}</span>
            {until && <span>{t('On the screen until {at}', { at: clock(until) })}</span>}
          </p>
        </div>
        <TakeFiles part={part} number={number} can={can} />
      </header>
      <dl className={css.facts}>
        <div>
          <dt>{t('Prepared')}</dt>
          <dd>
            {t('{at} by {name}: {note}', {
              at: fullStamp(head.preparedAt),
              name: head.preparedBy,
              note: head.note,
            })}
          </dd>
        </div>
        <div>
          <dt>{t('Opened')}</dt>
          <dd>
            {t('{at} by {name}; it is on the access log', {
              at: fullStamp(watermark.at),
              name: watermark.name,
            })}
          </dd>
        </div>
        <div>
          <dt>{'SHA-256'}</dt>
          <dd>
            <Hash value={sha256} what={t('the snapshot’s hash')} />
          </dd>
        </div>
        {head.synthetic && (
          <div>
            <dt>{t('Data')}</dt>
            <dd>{said(head.synthetic)}</dd>
          </div>
        )}
      </dl>
      {sections.map((section) => (
        <Section key={section.id} section={section} dark={dark} />
      ))}
      {part === 'closed' && may('board.unmask') && (
        <footer className={css.foot}>
          <p>
            {t(
              'Letters are enough for most decisions. Where safety asks for it, the board can learn which letter stands for which arm; who asked, when and why stays on record.',
            )}
          </p>
          <button type="button" className="btn dng" onClick={() => setUnmasking(true)}>
            {t('Unmask the letters')}
          </button>
        </footer>
      )}
      {unmasking && <UnmaskDialog code={head.study.code} onClose={() => setUnmasking(false)} />}
    </article>
  );
}
