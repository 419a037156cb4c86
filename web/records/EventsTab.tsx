import { lazy, type ReactNode, Suspense, useState } from 'react';
import { eventVersions, strikeEvent } from '../../server/events/contract.ts';
import { readHistory, readParticipant } from '../../server/participants/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { useCall, useEndpoint } from '../api.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { listed } from '../parts/naming.ts';
import type { ParticipantView } from '../parts/participant/types.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { type Day, fullDay, fullStamp } from '../time.ts';
import { linesOfEvent } from './lines.ts';
import { RowActs } from './RowActs.tsx';
import { Strike } from './Strike.tsx';
import { Versions } from './Versions.tsx';
import { partWords } from './words.ts';

const CorrectEvent = lazy(() => import('./CorrectEvent.tsx'));
type Event = ParticipantView['events'][number];

/** Events of one participant, struck ones too, and how the follow-up changed. */
export function EventsTab({ person, today, act }: { person: ParticipantView; today: Day; act?: ReactNode }) {
  const study = useStudyId();
  const may = useMay();
  const strike = useCall(strikeEvent, {
    invalidates: [readParticipant, readHistory, readWorklist, eventVersions],
  });
  const [asked, setAsked] = useState<{ kind: 'correct' | 'strike' | 'versions'; event: Event } | null>(null);
  const close = () => setAsked(null);
  const { events, followUp } = person;
  // A withdrawal is changed by recording anew which follow-up goes on.
  const mayChange = ({ kind }: Event) => may('events.record') && kind !== 'withdrawal';
  return (
    <>
      {events.length + followUp.changes.length === 0 ? (
        <p className="records-none mute">
          {t('No event has been recorded: no treatment start, no change of treatment, no withdrawal.')}
        </p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
        <section className="scroll-x" aria-label={t('Table of events')} tabIndex={0}>
          <table className="table record-table">
            <caption className="vh">{t('Events and changes of the follow-up, latest first')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('Event')}</th>
                <th scope="col">{t('On')}</th>
                <th scope="col">{t('Detail')}</th>
                <th scope="col">{t('By')}</th>
                <th scope="col">
                  <span className="vh">{t('Actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {events.map((event) => (
                <tr key={event.id} className={event.struck === null ? undefined : 'struck'}>
                  <td>
                    <span className="what">{said(event.label)}</span>
                  </td>
                  <td className="nowrap" data-label={t('On')}>
                    {fullDay(event.on)}
                    {event.until && ` ${t('to {until}', { until: fullDay(event.until) })}`}
                  </td>
                  <td data-label={t('Detail')}>
                    {event.detail || (event.struck ? '' : '–')}
                    {event.struck && (
                      <span className="small"> {t('Struck: {struck}', { struck: event.struck })}</span>
                    )}
                  </td>
                  <td className="nowrap ink2" data-label={t('By')}>
                    {event.by}, {fullStamp(event.at)}
                  </td>
                  <td className="num">
                    <RowActs
                      name={said(event.label)}
                      struck={event.struck !== null}
                      onVersions={() => setAsked({ kind: 'versions', event })}
                      onCorrect={mayChange(event) ? () => setAsked({ kind: 'correct', event }) : undefined}
                      onStrike={mayChange(event) ? () => setAsked({ kind: 'strike', event }) : undefined}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
            <Changes changes={followUp.changes} />
          </table>
        </section>
      )}
      {act && <div className="records-act">{act}</div>}
      <Suspense>
        {asked?.kind === 'versions' && <EventVersions event={asked.event} onClose={close} />}
        {asked?.kind === 'correct' && <CorrectEvent event={asked.event} today={today} onClose={close} />}
        {asked?.kind === 'strike' && (
          <Strike
            what={t('this event')}
            busy={strike.isPending}
            cause={strike.error}
            onClose={close}
            onStrike={(reason) =>
              strike.mutate(
                { params: { study, event: asked.event.id }, body: { version: asked.event.version, reason } },
                { onSuccess: close },
              )
            }
          />
        )}
      </Suspense>
    </>
  );
}

function EventVersions({ event, onClose }: { event: Event; onClose: () => void }) {
  const study = useStudyId();
  return (
    <Versions
      title={said(event.label)}
      of={useEndpoint(eventVersions, { params: { study, event: event.id } })}
      lines={linesOfEvent}
      onClose={onClose}
    />
  );
}

function Changes({ changes }: { changes: ParticipantView['followUp']['changes'] }) {
  const reasons = useStudyView()?.document.lossReasons ?? [];
  if (changes.length === 0) return null;
  const names = (parts: readonly (keyof typeof partWords)[]) =>
    listed(parts.map((part) => partWords[part].toLowerCase()));
  return (
    <tbody>
      <tr className="grp">
        <th scope="rowgroup" colSpan={5}>
          {t('Follow-up')}
        </th>
      </tr>
      {changes.map((change) => (
        <tr key={change.number}>
          <td>
            {change.stops.length > 0 && `${t('Stopped: {names}.', { names: names(change.stops) })} `}
            {change.resumes.length > 0 && t('Goes on again: {names}.', { names: names(change.resumes) })}
          </td>
          <td className="nowrap" data-label={t('From')}>
            {fullDay(change.on)}
          </td>
          <td data-label={t('Detail')}>
            {[reasons.find(({ id }) => id === change.reason)?.label, change.detail]
              .filter(Boolean)
              .join(': ')}
            {change.askedBy && (
              <span className="small mute"> {t('Asked by the {askedBy}', { askedBy: change.askedBy })}</span>
            )}
          </td>
          <td className="nowrap ink2" data-label={t('By')}>
            {change.by}, {fullStamp(change.at)}
          </td>
          <td />
        </tr>
      ))}
    </tbody>
  );
}
