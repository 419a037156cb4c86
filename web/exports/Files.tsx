import { IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import {
  exportDeviations,
  exportDictionary,
  exportEvents,
  exportHarms,
  exportLong,
  exportMedication,
  exportSessions,
  exportWide,
  type listExports,
} from '../../server/exports/contract.ts';
import { resultsCsv } from '../../server/results/contract.ts';
import { addressOf, type Reply } from '../api.ts';
import { number } from '../language/number.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { useMay } from '../session.ts';
import css from './exports.module.css';

type File = Reply<typeof listExports>['files'][number];

/** Each file with what it holds, its rows and its download. */
export function Files({ study, files }: { study: string; files: readonly File[] }) {
  const may = useMay();
  const params = { study };
  const addresses: Record<string, string> = {
    long: addressOf(exportLong, { params }),
    wide: addressOf(exportWide, { params }),
    harms: addressOf(exportHarms, { params }),
    deviations: addressOf(exportDeviations, { params }),
    medication: addressOf(exportMedication, { params }),
    sessions: addressOf(exportSessions, { params }),
    events: addressOf(exportEvents, { params }),
    dictionary: addressOf(exportDictionary, { params }),
  };
  return (
    <section className="card" aria-label={t('Files')}>
      <table className={`table ${css.table}`}>
        <thead>
          <tr>
            <th scope="col">{t('What')}</th>
            <th scope="col">{t('File')}</th>
            <th scope="col" className="num">
              {t('Rows')}
            </th>
            <th scope="col">
              <span className="vh">{t('Download')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <FileRow
              key={file.id}
              label={said(file.label)}
              what={said(file.what)}
              file={file.file}
              rows={number(file.rows)}
              href={addresses[file.id]}
            />
          ))}
          {may('results.read') && (
            <FileRow
              label={t('Results')}
              what={t('Every estimate behind the results page, with numerator, denominator and interval')}
              file={`${study}-results.csv`}
              rows=""
              href={addressOf(resultsCsv, { params, query: {} })}
            />
          )}
        </tbody>
      </table>
    </section>
  );
}

function FileRow({
  label,
  what,
  file,
  rows,
  href,
}: {
  label: string;
  what: string;
  file: string;
  rows: ReactNode;
  href: string | undefined;
}) {
  return (
    <tr>
      <th scope="row">
        {label}
        <span className={css.what}>{what}</span>
      </th>
      <td className={css.fileCell}>
        <span className={css.file}>{file}</span>
      </td>
      <td className={`num ${css.rows}`}>
        {rows}
        {rows && <span className="only-phone"> {t('rows')}</span>}
      </td>
      <td className="num">
        {href && (
          <a
            className="btn sm"
            href={href}
            download={file}
            aria-label={t('CSV of {label}, download', { label: label.toLowerCase() })}
          >
            <IconDownload className="ic" aria-hidden />
            CSV
          </a>
        )}
      </td>
    </tr>
  );
}
