import { lazy, Suspense, useState } from 'react';
import {
  listMedication,
  type MedicationView,
  medicationVersions,
  strikeMedication,
} from '../../server/medication/contract.ts';
import { useCall, useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import type { Day } from '../time.ts';
import { linesOfMedication } from './lines.ts';
import { partialWords } from './partialDay.ts';
import { RowActs } from './RowActs.tsx';
import { Strike } from './Strike.tsx';
import { Versions } from './Versions.tsx';

const MedicationDialog = lazy(() => import('./MedicationDialog.tsx'));

interface Props {
  participant: string;
  today: Day;
  randomised: boolean;
}

/** A participant's concomitant medication. */
export function MedicationTab(props: Props) {
  const study = useStudyId();
  const may = useMay();
  const { participant } = props;
  const list = useEndpoint(listMedication, { params: { study }, query: { participant } });
  const strike = useCall(strikeMedication, { invalidates: [listMedication, medicationVersions] });
  const [asked, setAsked] = useState<{
    kind: 'add' | 'correct' | 'strike' | 'versions';
    row?: MedicationView;
  } | null>(null);
  const close = () => setAsked(null);
  const records = may('medication.record');
  return (
    <>
      <Loaded of={list} label={t('medication')} rows={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="records-none mute">{t('No medication beside the study has been recorded.')}</p>
          ) : (
            <Table rows={rows} records={records} ask={(kind, row) => setAsked({ kind, row })} />
          )
        }
      </Loaded>
      {records && (
        <div className="records-act">
          <button type="button" className="btn sm" onClick={() => setAsked({ kind: 'add' })}>
            {t('Record a medication')}
          </button>
        </div>
      )}
      <Suspense>
        {(asked?.kind === 'add' || asked?.kind === 'correct') && (
          <MedicationDialog {...props} medication={asked.row} onClose={close} />
        )}
        {asked?.kind === 'versions' && asked.row && (
          <MedicationVersions record={asked.row.id} onClose={close} />
        )}
        {asked?.kind === 'strike' && asked.row && (
          <Strike
            what={t('this medication')}
            busy={strike.isPending}
            cause={strike.error}
            onClose={close}
            onStrike={(reason) =>
              strike.mutate(
                { params: { study, record: asked.row!.id }, body: { version: asked.row!.version, reason } },
                { onSuccess: close },
              )
            }
          />
        )}
      </Suspense>
    </>
  );
}

function MedicationVersions({ record, onClose }: { record: string; onClose: () => void }) {
  const study = useStudyId();
  const document = useStudyView()?.document;
  return (
    <Versions
      title={t('Concomitant medication')}
      of={useEndpoint(medicationVersions, { params: { study, record } })}
      lines={({ content }) => linesOfMedication(content, document)}
      onClose={onClose}
    />
  );
}

function Table({
  rows,
  records,
  ask,
}: {
  rows: readonly MedicationView[];
  records: boolean;
  ask: (kind: 'correct' | 'strike' | 'versions', row: MedicationView) => void;
}) {
  const events = useStudyView()?.document.events ?? [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
    <section className="scroll-x" aria-label={t('Table of medication')} tabIndex={0}>
      <table className="table record-table">
        <caption className="vh">{t('Concomitant medication, newest first')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Drug')}</th>
            <th scope="col">{t('Dose')}</th>
            <th scope="col">{t('For')}</th>
            <th scope="col">{t('From, to')}</th>
            <th scope="col">
              <span className="vh">{t('Actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const { drug, dose, unit, frequency, indication, start, end, ongoing, event } = row.content;
            return (
              <tr key={row.id} className={row.struck ? 'struck' : undefined}>
                <td>
                  <span className="what">{drug}</span>
                  {event && (
                    <>
                      <br />
                      <span className="small mute">
                        {events.find(({ id }) => id === event)?.label ?? event}
                      </span>
                    </>
                  )}
                </td>
                <td className="nowrap" data-label={t('Dose')}>
                  {dose === null ? '' : `${dose} ${unit}`}
                  {dose !== null && frequency !== '' && ', '}
                  {frequency}
                </td>
                <td data-label={t('For')}>{indication || '–'}</td>
                <td className="nowrap" data-label={t('From, to')}>
                  {start ? partialWords(start) : t('not known')}
                  {', '}
                  {ongoing
                    ? t('ongoing')
                    : end
                      ? t('to {partialWords}', { partialWords: partialWords(end) })
                      : t('end not known')}
                </td>
                <td className="num">
                  <RowActs
                    name={drug}
                    struck={row.struck}
                    onVersions={() => ask('versions', row)}
                    onCorrect={records ? () => ask('correct', row) : undefined}
                    onStrike={records ? () => ask('strike', row) : undefined}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
