import { useElementSize } from '@mantine/hooks';
import type { VisitView } from '../../../server/visits/contract.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { partWords } from '../../records/words.ts';
import { type Day, dayRange, fullDay, localDay, shortDay } from '../../time.ts';
import { type Scale, scaleOf } from './scale.ts';
import type { ParticipantView } from './types.ts';

/** Visit windows as bands on a time axis, with what was done, booked and tried. The same dates stand in the table below. */
export function Timeline({ person, today }: { person: ParticipantView; today: Day }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  return (
    <div className="tline">
      <div ref={ref} className="tline-box">
        {width > 0 && <Picture person={person} today={today} scale={scaleOf(person, today, width)} />}
      </div>
      <Key events={person.events.length > 0} stops={person.followUp.stopped.length > 0} />
    </div>
  );
}

function Picture({ person, today, scale }: { person: ParticipantView; today: Day; scale: Scale }) {
  const now = scale.at(today, 0.5);
  const chip = Math.min(Math.max(now, 24), scale.width - 24);
  const labels = labelsOf(person.visits, scale, today);
  return (
    <svg
      className="chart"
      role="img"
      aria-label={inWords(person, today)}
      viewBox={`0 0 ${scale.width} 106`}
      width={scale.width}
      height="106"
    >
      {scale.months.map(({ day, x, label }) => (
        <g key={day}>
          <path className="g" d={`M${x} 40V84`} />
          {(x + 4 > chip + 22 || x + 4 + label.length * 6.6 < chip - 22) &&
            x + label.length * 6.6 < scale.width && (
              <text className="t" x={x + 4} y="98">
                {label}
              </text>
            )}
        </g>
      ))}
      <path className="ax" d={`M0 84H${scale.width}`} />
      {person.visits.map((visit) => (
        <Window key={visit.visit} visit={visit} scale={scale} />
      ))}
      {labels.map(({ id, x, label, range, end }) => (
        <g key={id} className={end ? 'e' : undefined}>
          <text className={end ? 'b e' : 'b'} x={x} y="18">
            {label}
          </text>
          <text className={end ? 't e' : 't'} x={x} y="33">
            {range}
          </text>
        </g>
      ))}
      <circle className="screened" cx={scale.at(person.screenedOn, 0.5)} cy="55" r="4" />
      {person.contacts.map(({ id, on }) => (
        <path key={id} className="contact" d={`M${scale.at(on, 0.5)} 78v6`} />
      ))}
      {person.events
        .filter(({ struck }) => struck === null)
        .map(({ id, on }) => (
          <path key={id} className="event" d={`M${scale.at(on, 0.5)} 72l4 6h-8z`} />
        ))}
      {person.followUp.stopped.map(({ part, since }) => (
        <path key={part} className="stop-line" d={`M${scale.at(since, 0.5)} 36V84`} />
      ))}
      <path className="now" d={`M${now} 36V88`} />
      {person.visits.map((visit) => (
        <Met key={visit.visit} visit={visit} scale={scale} />
      ))}
      {person.randomised && <path className="drawn" d={`M${besideDot(person, scale)} 50l5 5-5 5-5-5z`} />}
      <rect className="chip" x={chip - 24} y="86" width="48" height="17" rx="4" />
      <text className="m on-chip" x={chip} y="98.5">
        {t('Today')}
      </text>
    </svg>
  );
}

function Window({ visit, scale }: { visit: VisitView; scale: Scale }) {
  if (visit.opens === null || visit.closes === null) return null;
  const from = scale.at(visit.opens);
  const to = scale.at(visit.closes, 1);
  return (
    <>
      <rect
        className="win"
        x={from}
        y="40"
        width={Math.max(to - from, 3)}
        height="30"
        rx={Math.min(5, (to - from) / 2)}
      />
      {visit.target && <path className="tg" d={`M${scale.at(visit.target, 0.5)} 40v30`} />}
    </>
  );
}

function Met({ visit, scale }: { visit: VisitView; scale: Scale }) {
  if (visit.seenOn !== null) return <circle className="bk" cx={scale.at(visit.seenOn, 0.5)} cy="55" r="6" />;
  if (visit.bookedFor === null) return null;
  return <circle className="bo" cx={scale.at(visit.bookedFor.slice(0, 10), 0.5)} cy="55" r="5.5" />;
}

/** The day of randomisation in px, moved aside where a visit's dot would hide it. */
function besideDot(person: ParticipantView, scale: Scale): number {
  const x = scale.at(localDay(person.randomised!.at), 0.5);
  const dots = person.visits.flatMap(({ seenOn }) => (seenOn === null ? [] : [scale.at(seenOn, 0.5)]));
  const hidden = dots.find((dot) => Math.abs(dot - x) < 12);
  return hidden === undefined ? x : hidden + 12;
}

/** Where each visit's name stands; one that would run into its neighbour or over the edge moves or loses its dates. */
function labelsOf(visits: readonly VisitView[], scale: Scale, today: Day) {
  const placed: { id: string; x: number; label: string; range: string; end: boolean }[] = [];
  let free = 0;
  for (const visit of visits) {
    if (visit.opens === null || visit.closes === null) continue;
    const label = said(visit.label);
    const full =
      visit.seenOn && visit.baseline
        ? shortDay(visit.seenOn)
        : dayRange(visit.opens, visit.closes, today.slice(0, 4));
    const start = Math.max(scale.at(visit.opens), free);
    const long = Math.max(label.length * 7, full.length * 6.4);
    const short = label.length * 7;
    if (start + long <= scale.width) {
      const nextAt = visits[visits.indexOf(visit) + 1]?.opens;
      const crowded =
        nextAt != null && start + long > scale.at(nextAt) - 6 && start + short <= scale.at(nextAt) - 6;
      placed.push({ id: visit.visit, x: start, label, range: crowded ? '' : full, end: false });
      free = start + (crowded ? short : long) + 10;
    } else if (scale.width - long >= free) {
      placed.push({ id: visit.visit, x: scale.width, label, range: full, end: true });
      free = scale.width;
    } else if (scale.width - short >= free) {
      placed.push({ id: visit.visit, x: scale.width, label, range: '', end: true });
      free = scale.width;
    }
  }
  return placed;
}

function inWords(person: ParticipantView, today: Day): string {
  const visits = person.visits.map((visit) => {
    if (visit.opens === null || visit.closes === null)
      return t('{label}: no dates yet', { label: said(visit.label) });
    const met = visit.seenOn
      ? t(', seen {seenOn}', { seenOn: fullDay(visit.seenOn) })
      : visit.bookedFor
        ? t(', booked {bookedFor}', { bookedFor: fullDay(visit.bookedFor.slice(0, 10)) })
        : '';
    return `${said(visit.label)}: ${dayRange(visit.opens, visit.closes, today.slice(0, 4))}${met}`;
  });
  const stops = person.followUp.stopped
    .map(
      ({ part, since }) =>
        ` ${t('{partWords} stopped {since}.', { partWords: partWords[part], since: fullDay(since) })}`,
    )
    .join('');
  const randomised = person.randomised
    ? ` ${t('Randomised {at}.', { at: fullDay(localDay(person.randomised.at)) })}`
    : '';
  return t('Timeline. Screened {screenedOn}.{randomised} {visits}. {contacts} contacts.{stops}', {
    screenedOn: fullDay(person.screenedOn),
    randomised,
    visits: visits.join('. '),
    contacts: person.contacts.length,
    stops,
  });
}

function Key({ events, stops }: { events: boolean; stops: boolean }) {
  return (
    <div className="small mute tline-key">
      <span className="st">
        <svg width="12" height="12" aria-hidden="true">
          <circle className="bk" cx="6" cy="6" r="5" />
        </svg>
        {t('done')}
      </span>
      <span className="st">
        <svg width="12" height="12" aria-hidden="true">
          <circle className="bo" cx="6" cy="6" r="4.5" />
        </svg>
        {t('booked')}
      </span>
      <span className="st">
        <svg width="12" height="12" aria-hidden="true">
          <path className="drawn" d="M6 1l5 5-5 5-5-5z" />
        </svg>
        {t('randomised')}
      </span>
      <span className="st">
        <svg width="18" height="10" aria-hidden="true">
          <rect className="wn" width="18" height="10" rx="3" />
        </svg>
        {t('visit window, line at the target day')}
      </span>
      <span className="st">
        <svg width="4" height="8" aria-hidden="true">
          <path className="contact" d="M2 0v8" />
        </svg>
        {t('contact')}
      </span>
      {events && (
        <span className="st">
          <svg width="10" height="8" aria-hidden="true">
            <path className="event" d="M5 1l4 6h-8z" />
          </svg>
          {t('event')}
        </span>
      )}
      {stops && (
        <span className="st">
          <svg width="4" height="12" aria-hidden="true">
            <path className="stop-line" d="M2 0v12" />
          </svg>
          {t('a part of the follow-up stops')}
        </span>
      )}
    </div>
  );
}
