import { Modal } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { fullStamp } from '../time.ts';
import type { Line } from './lines.ts';

interface Version {
  version: number;
  at: string;
  by: string;
  reason: string | null;
  struck: boolean;
}

interface Props<V extends Version> {
  title: ReactNode;
  /** Newest first. */
  of: UseQueryResult<{ versions: V[] }, Error>;
  lines: (version: V) => Line[];
  children?: ReactNode;
  onClose: () => void;
}

/** One record in full, and every version of it: who saved it, when, why, and what that changed. */
export function Versions<V extends Version>({ title, of, lines, children, onClose }: Props<V>) {
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <div className="stack">
        <Loaded of={of} label={t('the versions')} rows={6}>
          {({ versions }) => (
            <>
              {versions[0] && <Full lines={lines(versions[0])} struck={versions[0].struck} />}
              {children}
              <section aria-label={t('Versions')}>
                <h3 className="lab">{t('Versions, newest first')}</h3>
                <ol className="versions" reversed>
                  {versions.map((one, index) => (
                    <li key={one.version}>
                      <p>
                        <strong>{t('Version {version}', { version: one.version })}</strong>{' '}
                        <span className="ink2">
                          {fullStamp(one.at)}, {one.by}
                        </span>
                      </p>
                      {one.reason !== null && <p>{t('Reason: {reason}', { reason: one.reason })}</p>}
                      <What now={one} before={versions[index + 1]} lines={lines} />
                    </li>
                  ))}
                </ol>
              </section>
            </>
          )}
        </Loaded>
        <div className="dialog-acts">
          <button type="button" className="btn" onClick={onClose}>
            {t('Close')}
          </button>
        </div>
      </div>
    </Modal>
  );
}

function Full({ lines, struck }: { lines: readonly Line[]; struck: boolean }) {
  return (
    <>
      {struck && <p className="note wrn">{t('Entered in error: struck through, and counted nowhere.')}</p>}
      <dl className="record-lines">
        {lines
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

function What<V extends Version>({
  now,
  before,
  lines,
}: {
  now: V;
  before: V | undefined;
  lines: (version: V) => Line[];
}) {
  if (!before) return <p className="small mute">{t('As it was first recorded.')}</p>;
  if (now.struck) return <p className="small mute">{t('Struck through.')}</p>;
  const old = new Map(lines(before));
  const changed = lines(now).filter(([label, value]) => old.get(label) !== value);
  return (
    <ul className="changes">
      {changed.map(([label, value]) => (
        <li key={label}>
          {label}: <del>{old.get(label) || t('empty')}</del> <span aria-hidden>→</span>
          <span className="vh"> {t('is now')} </span> <ins>{value || t('empty')}</ins>
        </li>
      ))}
    </ul>
  );
}
