import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { markVerified, readFormVerification, readVerification } from '../../server/verification/contract.ts';
import { DATE_FIELD } from '../../server/verification/rules.ts';
import { newKey, useCall, useEndpoint } from '../api.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { instrumentShort, visitLabel } from '../parts/naming.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { fullDay, stamp } from '../time.ts';
import css from './verification.module.css';

const OpenQuery = lazy(() => import('../parts/dialogs/OpenQuery.tsx'));

interface Props {
  participant: string;
  visit: string;
  instrument: string;
}

const words = { verified: t('Verified'), stale: t('Changed since'), unverified: t('To verify') } as const;

/** The fields of one form: Tab goes from one to the next, Space marks it. */
export function FieldPanel({ participant, visit, instrument }: Props) {
  const study = useStudyId();
  const may = useMay();
  const view = useStudyView();
  const params = { study, participant, visit, instrument };
  const form = useEndpoint(readFormVerification, { params });
  const mark = useCall(markVerified, { invalidates: [readFormVerification, readVerification] });
  const [asking, setAsking] = useState(false);
  return (
    <section className="card" aria-label={t('Fields')}>
      <Loaded of={form} label={t('the form')}>
        {({ fields, version, complete, mayMark }) => {
          const send = (which: string[], verified: boolean) =>
            mark.mutate({ params, body: { key: newKey(), version, fields: which, verified } });
          const due = fields.filter(({ required, state }) => required && state !== 'verified');
          const marks = mayMark && complete;
          return (
            <div className="body stack">
              <div className="row wrap">
                <h2 className={`grow ${css.title}`}>
                  {t('{participant}, {instrument}, {visit}, version {version}', {
                    participant,
                    instrument: instrumentShort(view, instrument),
                    visit: visitLabel(view, visit),
                    version,
                  })}
                </h2>
                {may('forms.read') && (
                  <Link
                    className="btn sm"
                    to="/s/$study/participants/$participant/$visit/$instrument"
                    params={params}
                  >
                    {t('Open the form')}
                  </Link>
                )}
                {may('queries.open') && (
                  <button type="button" className="btn sm" onClick={() => setAsking(true)}>
                    {t('Open a query')}
                  </button>
                )}
                {marks && due.length > 0 && (
                  <button
                    type="button"
                    className="btn sm pri"
                    disabled={mark.isPending}
                    onClick={() =>
                      send(
                        due.map(({ field }) => field),
                        true,
                      )
                    }
                  >
                    {t('Mark all {due} due', { due: due.length })}
                  </button>
                )}
              </div>
              <Refusal cause={mark.error} />
              <table className={`table dense ${css.fields}`}>
                <caption className="vh">{t('Fields with their answers')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('Field')}</th>
                    <th scope="col">{t('Answer')}</th>
                    <th scope="col">{t('Source')}</th>
                  </tr>
                </thead>
                <tbody>
                  {fields.map((one) => (
                    <tr key={one.field}>
                      <th scope="row">
                        {said(one.label)}
                        {one.required && <span className="small mute"> {t('(asked for)')}</span>}
                      </th>
                      <td>
                        {one.answer === null ? (
                          <span className="mute">{t('No answer')}</span>
                        ) : one.field === DATE_FIELD ? (
                          fullDay(one.answer)
                        ) : (
                          one.answer
                        )}
                      </td>
                      <td className="nowrap">
                        <label className="row">
                          <input
                            type="checkbox"
                            style={{ width: 24, height: 24 }}
                            checked={one.state === 'verified'}
                            disabled={!marks || mark.isPending}
                            aria-label={t('{label} agrees with the source', { label: said(one.label) })}
                            onChange={(event) => send([one.field], event.currentTarget.checked)}
                          />
                          <span className={one.state === 'stale' ? 'st wrn' : 'small ink2'}>
                            {words[one.state]}
                            {one.at && one.state === 'verified' && ` ${stamp(one.at)}`}
                          </span>
                        </label>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
      <Suspense>
        {asking && (
          <OpenQuery
            participant={participant}
            about={{ visit, instrument }}
            onClose={() => setAsking(false)}
          />
        )}
      </Suspense>
    </section>
  );
}
