import { IconClock, IconDownload } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { exportDictionary, exportLong, exportWide, listExports } from '../../server/exports/contract.ts';
import { resultsCsv } from '../../server/results/contract.ts';
import { addressOf, type Reply, useEndpoint } from '../api.ts';
import css from '../exports/exports.module.css';
import { Loaded } from '../parts/Loaded.tsx';
import { useMay, useSessionStudy, useStudyId } from '../session.ts';
import { clock, fullDay, localDay } from '../time.ts';

/** What can be taken away: data in two shapes, what their columns mean, and the results. */
export default function Exports() {
  const study = useStudyId();
  const exports = useEndpoint(listExports, { params: { study } });
  return (
    <>
      <div className="head">
        <div>
          <h1>Exports</h1>
          {exports.data && (
            <p className={css.asOf}>
              <IconClock className="ic" aria-hidden />
              Data as of {fullDay(localDay(exports.data.asOf))}, {clock(exports.data.asOf)}. Each download is
              written to the audit trail.
            </p>
          )}
        </div>
      </div>
      <div className={css.layout}>
        <Loaded of={exports} label="the exports" rows={4}>
          {(data) => <Files study={study} files={data.files} />}
        </Loaded>
        <Notes study={study} />
      </div>
    </>
  );
}

type File = Reply<typeof listExports>['files'][number];

function Files({ study, files }: { study: string; files: readonly File[] }) {
  const may = useMay();
  const params = { study };
  const addresses: Record<string, string> = {
    long: addressOf(exportLong, { params }),
    wide: addressOf(exportWide, { params }),
    dictionary: addressOf(exportDictionary, { params }),
  };
  return (
    <section className="card" aria-label="Files">
      <table className={`table ${css.table}`}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">File</th>
            <th scope="col" className="num">
              Rows
            </th>
            <th scope="col">
              <span className="vh">Download</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <FileRow
              key={file.id}
              label={file.label}
              what={file.what}
              file={file.file}
              rows={file.rows.toLocaleString('en-GB')}
              href={addresses[file.id]}
            />
          ))}
          {may('results.read') && (
            <FileRow
              label="Results"
              what="Every estimate behind the results page, with numerator, denominator and interval"
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
      <td className={`num ${css.rows}`}>{rows}</td>
      <td className="num">
        {href && (
          <a
            className="btn sm"
            href={href}
            download={file}
            aria-label={`CSV of ${label.toLowerCase()}, download`}
          >
            <IconDownload className="ic" aria-hidden />
            CSV
          </a>
        )}
      </td>
    </tr>
  );
}

function Notes({ study }: { study: string }) {
  const blinded = useSessionStudy()?.blinded;
  return (
    <aside className={css.rail} aria-label="About the files">
      <section className="card">
        <header>
          <h2>What the files keep</h2>
        </header>
        <div className="body stack tight">
          <p>
            Missing answers carry their reason in a column of its own; a prorated score carries its flag.
            Nothing is imputed.
          </p>
          <p>
            {blinded
              ? 'Your role is blinded: the files have no arm.'
              : 'Your role sees arms: the files have a column for the arm. Keep them where blinded people do not read.'}
          </p>
        </div>
      </section>
      <section className="card">
        <header>
          <h2>From the command line</h2>
        </header>
        <div className="body">
          <p>The same files without a browser, for a script or a schedule on the server:</p>
          <pre className={css.command}>{`node bin/equipoise.mjs export long \\
  --study ${study} --out long.csv`}</pre>
        </div>
      </section>
    </aside>
  );
}
