import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyView } from '../../session.ts';
import { appointment, type Day, daysBetween, fullDay, localDay, shortDay } from '../../time.ts';
import { siteName } from '../naming.ts';
import { nextVisitOf } from './nextVisit.ts';
import type { ParticipantView } from './types.ts';

/** Five facts that everyone asks for first. */
export function Facts({ person, today }: { person: ParticipantView; today: Day }) {
  const view = useStudyView();
  const visit =
    person.status === 'withdrawn' || person.status === 'completed' ? undefined : nextVisitOf(person);
  const facts: [string, string][] = [
    [t('Site'), siteName(view, person.site)],
    [
      t('Randomised'),
      person.randomised
        ? t('{at}, no. {number}', {
            at: fullDay(localDay(person.randomised.at)),
            number: person.randomised.number,
          })
        : t('Not yet; screened {screenedOn}', { screenedOn: fullDay(person.screenedOn) }),
    ],
    [
      t('Consent'),
      person.consent
        ? t('Version {version}, signed {signedOn}', {
            version: person.consent.version,
            signedOn: fullDay(person.consent.signedOn),
          })
        : t('Not signed'),
    ],
    [t('Next visit'), nextVisitWords(person, visit)],
    [t('Window closes'), visit?.closes ? closesWords(visit.closes, today) : '–'],
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
  if (person.exclusionReason !== null) return t('None: not enrolled');
  if (visit === undefined) return t('None');
  if (visit.seenOn)
    return t('{label}, seen {day}', { label: said(visit.label), day: shortDay(visit.seenOn) });
  return `${said(visit.label)}, ${visit.bookedFor ? appointment(visit.bookedFor) : t('not booked')}`;
}

function closesWords(closes: Day, today: Day): string {
  const left = daysBetween(today, closes);
  if (left < 0)
    return t('{closes}, {days, plural, one {# day} other {# days}} over', {
      closes: shortDay(closes),
      days: -left,
    });
  return `${closes.slice(0, 4) === today.slice(0, 4) ? shortDay(closes) : fullDay(closes)}, ${left === 0 ? t('today') : t('{days, plural, one {# day} other {# days}} left', { days: left })}`;
}
