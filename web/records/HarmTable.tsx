import { IconSend } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import {
  type HarmView,
  harmVersions,
  listHarms,
  strikeHarm,
  summariseHarms,
} from '../../server/harms/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { Clock } from './Clock.tsx';
import { partialWords } from './partialDay.ts';
import { RowActs } from './RowActs.tsx';
import { Strike } from './Strike.tsx';
import { outcomeWords, relatednessWords, seriousWords, severityWords } from './words.ts';

const HarmDialog = lazy(() => import('./HarmDialog.tsx'));
const HarmVersions = lazy(() => import('./HarmVersions.tsx'));
const ReportHarm = lazy(() => import('./ReportHarm.tsx'));

type Asked = { kind: 'correct' | 'strike' | 'report' | 'versions'; harm: HarmView };

/** Adverse events, of one participant or of the study; with the clock of the serious ones. */
export function HarmTable({ rows, now, whose }: { rows: readonly HarmView[]; now: string; whose: boolean }) {
  const study = useStudyId();
  const view = useStudyView();
  const may = useMay();
  const [asked, setAsked] = useState<Asked | null>(null);
  const strike = useCall(strikeHarm, {
    invalidates: [listHarms, summariseHarms, harmVersions, readWorklist],
  });
  const close = () => setAsked(null);
  const records = may('harms.record');
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Table of adverse events')} tabIndex={0}>
        <table className="table record-table">
          <caption className="vh">{t('Adverse events, newest first')}</caption>
          <thead>
            <tr>
              {whose && <th scope="col">{t('Participant')}</th>}
              <th scope="col">{t('Event')}</th>
              <th scope="col">{t('From, to')}</th>
              <th scope="col">{t('Severity')}</th>
              <th scope="col">{t('Related')}</th>
              <th scope="col">{t('Outcome', { sense: 'harm' })}</th>
              <th scope="col">{t('Report')}</th>
              <th scope="col">
                <span className="vh">{t('Actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((harm) => (
              <tr key={harm.id} className={harm.struck ? 'struck' : undefined}>
                {whose && harm.participant && (
                  <td className="nowrap">
                    <Link
                      className="code"
                      to="/s/$study/participants/$participant"
                      params={{ study, participant: harm.participant }}
                      search={{ tab: 'harms' }}
                    >
                      {harm.participant}
                    </Link>
                    <br />
                    <span className="small mute">{siteName(view, harm.site)}</span>
                  </td>
                )}
                <td>
                  <span className="what">{harm.content.term}</span>
                  {harm.content.serious.length > 0 && (
                    <>
                      <br />
                      <span className="small">
                        <strong>{t('Serious:')}</strong>{' '}
                        {harm.content.serious.map((one) => seriousWords[one].toLowerCase()).join('; ')}
                      </span>
                    </>
                  )}
                  {harm.unexpectedReaction && (
                    <>
                      <br />
                      <span className="tag dng">{t('Suspected unexpected reaction')}</span>
                    </>
                  )}
                </td>
                <td className="nowrap" data-label={t('From, to')}>
                  {partialWords(harm.content.onset)}
                  <br />
                  <span className="small mute">
                    {harm.content.ongoing
                      ? t('ongoing')
                      : harm.content.end
                        ? t('to {partialWords}', { partialWords: partialWords(harm.content.end) })
                        : t('end not known')}
                  </span>
                </td>
                <td className="nowrap" data-label={t('Severity')}>
                  {severityWords[harm.content.severity]}
                </td>
                <td className="nowrap" data-label={t('Related')}>
                  {relatednessWords[harm.content.relatedness]}
                </td>
                <td className="nowrap" data-label={t('Outcome', { sense: 'harm' })}>
                  {outcomeWords[harm.content.outcome]}
                </td>
                <td className="nowrap" data-label={t('Report')}>
                  {harm.clock ? <Clock clock={harm.clock} now={now} at={harm.reports[0]?.at} /> : '–'}
                  {harm.reports.length > 1 && (
                    <>
                      <br />
                      <span className="small mute">
                        {t('{reports} follow-up', { reports: harm.reports.length - 1 })}
                      </span>
                    </>
                  )}
                </td>
                <td className="num">
                  <RowActs
                    name={harm.content.term}
                    struck={harm.struck}
                    onVersions={() => setAsked({ kind: 'versions', harm })}
                    onCorrect={records ? () => setAsked({ kind: 'correct', harm }) : undefined}
                    onStrike={records ? () => setAsked({ kind: 'strike', harm }) : undefined}
                  >
                    {records && harm.clock && (
                      <button
                        type="button"
                        className="btn sm"
                        onClick={() => setAsked({ kind: 'report', harm })}
                      >
                        <IconSend className="ic" aria-hidden />
                        {harm.reports.length === 0 ? t('Reported') : t('Follow up')}
                      </button>
                    )}
                  </RowActs>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Suspense>
        {asked?.kind === 'correct' && (
          <HarmDialog participant={asked.harm.participant ?? ''} harm={asked.harm} onClose={close} />
        )}
        {asked?.kind === 'versions' && <HarmVersions harm={asked.harm} onClose={close} />}
        {asked?.kind === 'report' && <ReportHarm harm={asked.harm} onClose={close} />}
        {asked?.kind === 'strike' && (
          <Strike
            what={t('this adverse event')}
            busy={strike.isPending}
            cause={strike.error}
            onClose={close}
            onStrike={(reason) =>
              strike.mutate(
                { params: { study, record: asked.harm.id }, body: { version: asked.harm.version, reason } },
                { onSuccess: close },
              )
            }
          />
        )}
      </Suspense>
    </>
  );
}
