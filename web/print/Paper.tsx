import { IconPrinter } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { Fragment, type ReactNode, useState } from 'react';
import { t } from '../language/t.ts';
import { Mark } from '../parts/Mark.tsx';
import { useSession, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';
import css from './paper.module.css';

interface Props {
  title: string;
  /** What is on the sheets, in a line under the title; on the screen only. */
  about: string;
  /** Each begins a new page, with its own header. */
  sheets: readonly Sheet[];
}

export interface Sheet {
  key: string;
  /** Repeated on top of every page: what this is, and whose. */
  name: string;
  subject: readonly { label: string; value: string | null }[];
  /** Version of the form and its data, where it has one. */
  version?: string;
  children: ReactNode;
}

/** A preview of sheets of A4 with the way to paper; each page carries the study, the subject and the versions. */
export function Paper({ title, about, sheets }: Props) {
  const router = useRouter();
  const view = useStudyView();
  const { user } = useSession();
  const [printedAt] = useState(() => new Date().toISOString());
  return (
    <>
      <div className="head no-print">
        <div>
          <h1>{title}</h1>
          <p>{about}</p>
        </div>
        <div className="acts">
          <button type="button" className="btn" onClick={() => router.history.back()}>
            {t('Back')}
          </button>
          <button type="button" className="btn pri" onClick={() => window.print()}>
            <IconPrinter className="ic" aria-hidden />
            {t('Print')}
          </button>
        </div>
      </div>
      {sheets.map(({ key, name, subject, version, children }) => (
        <article key={key} className={css.paper} aria-label={name} data-paper>
          {/* A table's head and foot are what every browser repeats on each printed page. */}
          <table className={css.frame}>
            <thead>
              <tr>
                <td>
                  <div className={css.header}>
                    <Mark />
                    <div>
                      <strong>{view?.document.code}</strong>
                      <span>{name}</span>
                    </div>
                    <dl>
                      {subject.map(({ label, value }) => (
                        <Fragment key={label}>
                          <dt>{label}</dt>
                          <dd data-blank={value === null || undefined}>{value}</dd>
                        </Fragment>
                      ))}
                    </dl>
                  </div>
                </td>
              </tr>
            </thead>
            <tfoot>
              <tr>
                <td>
                  <p className={css.footer}>
                    {version && <span>{version}</span>}
                    <span>{t('Protocol version {version}', { version: view?.document.version })}</span>
                    {view?.synthetic && <span>{t('Synthetic data')}</span>}
                    <span>
                      {t('Printed {printedAt} by {name}', {
                        printedAt: fullStamp(printedAt),
                        name: user.name,
                      })}
                    </span>
                  </p>
                </td>
              </tr>
            </tfoot>
            <tbody>
              <tr>
                <td>{children}</td>
              </tr>
            </tbody>
          </table>
        </article>
      ))}
    </>
  );
}
