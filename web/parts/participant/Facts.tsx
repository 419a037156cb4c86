import { useStudyView } from '../../session.ts';
import { appointment, count, type Day, daysBetween, fullDay, localDay, shortDay } from '../../time.ts';
import { siteName } from '../naming.ts';
import { nextVisitOf } from './nextVisit.ts';
import type { ParticipantView } from './types.ts';

/** Five facts that everyone asks for first. */
export function Facts({ person, today }: { person: ParticipantView; today: Day }) {
  const view = useStudyView();
  const visit =
    person.status === 'withdrawn' || person.status === 'completed' ? undefined : nextVisitOf(person);
  const facts: [string, string][] = [
    ['Site', siteName(view, person.site)],
    [
      'Randomised',
      person.randomised
        ? `${fullDay(localDay(person.randomised.at))}, no. ${person.randomised.number}`
        : `Not yet; screened ${fullDay(person.screenedOn)}`,
    ],
    [
      'Consent',
      person.consent
        ? `Version ${person.consent.version}, signed ${fullDay(person.consent.signedOn)}`
        : 'Not signed',
    ],
    ['Next visit', nextVisitWords(person, visit)],
    ['Window closes', visit?.closes ? closesWords(visit.closes, today) : '–'],
  ];
  return (
    <dl className="sum">
      {facts.map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function nextVisitWords(person: ParticipantView, visit: ReturnType<typeof nextVisitOf>): string {
  if (person.exclusionReason !== null) return 'None: not enrolled';
  if (visit === undefined) return 'None';
  return `${visit.label}, ${visit.bookedFor ? appointment(visit.bookedFor) : 'not booked'}`;
}

function closesWords(closes: Day, today: Day): string {
  const left = daysBetween(today, closes);
  if (left < 0) return `${shortDay(closes)}, ${count(-left, 'day')} over`;
  return `${closes.slice(0, 4) === today.slice(0, 4) ? shortDay(closes) : fullDay(closes)}, ${left === 0 ? 'today' : `${count(left, 'day')} left`}`;
}
