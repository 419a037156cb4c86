import {
  IconCalendar,
  IconCircle,
  IconCircleCheck,
  IconCircleHalf2,
  IconMessage2,
  IconPrinter,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import type { FormSummary } from '../../../server/forms/contract.ts';
import type { VisitView } from '../../../server/visits/contract.ts';
import { isOpen } from '../../../server/visits/rules.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useMay, useStudyId } from '../../session.ts';
import { VisitActs } from '../../signatures/VisitActs.tsx';
import { appointment, type Day, dayRange, localDay, shortDay, writtenDay } from '../../time.ts';
import type { ParticipantView } from './types.ts';

const BookVisit = lazy(() => import('../dialogs/BookVisit.tsx'));

/** Every form by visit: state, who entered it, its scores and open queries. */
export function FormsTab({
  person,
  today,
  chosen,
}: {
  person: ParticipantView;
  today: Day;
  chosen?: string;
}) {
  const study = useStudyId();
  const may = useMay();
  const [booking, setBooking] = useState<VisitView | null>(null);
  return (
    <>
      <table className="table forms">
        <caption className="vh">{t('Forms by visit')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Form')}</th>
            <th scope="col">{t('Status')}</th>
            <th scope="col">{t('By')}</th>
            <th scope="col">{t('Result')}</th>
            <th scope="col" className="num">
              {t('Queries')}
            </th>
          </tr>
        </thead>
        {person.visits.map((visit) => {
          const forms = person.forms.filter((form) => form.visit === visit.visit);
          const far =
            visit.state === 'upcoming' &&
            visit.unscheduled === null &&
            forms.every(({ status }) => status === 'not-started');
          return (
            <tbody key={visit.visit}>
              <tr className="grp">
                <th colSpan={5} scope="rowgroup">
                  {said(visit.label)}
                  <span>{standing(visit, today)}</span>
                  <VisitActs person={person} visit={visit.visit} label={said(visit.label)} />
                  {far && (
                    <span>{t('{forms, plural, one {# form} other {# forms}}', { forms: forms.length })}</span>
                  )}
                  <Link
                    className="print-forms no-print"
                    to="/s/$study/print/$participant/$visit"
                    params={{ study, participant: person.code, visit: visit.visit }}
                    search={{ blank: 'yes' }}
                    aria-label={t('Print blank forms, {label}', { label: said(visit.label) })}
                    title={t('Print blank forms')}
                  >
                    <IconPrinter className="ic" aria-hidden />
                  </Link>
                  {may('visits.book') && isOpen(visit.state) && person.status !== 'excluded' && (
                    <button
                      type="button"
                      className="print-forms no-print"
                      aria-label={`${visit.bookedFor ? t('Move the appointment') : t('Book')}, ${said(visit.label)}`}
                      title={visit.bookedFor ? t('Move the appointment') : t('Book')}
                      onClick={() => setBooking(visit)}
                    >
                      <IconCalendar className="ic" aria-hidden />
                    </button>
                  )}
                </th>
              </tr>
              {!far &&
                forms.map((form) => (
                  <FormRow
                    key={form.instrument}
                    person={person}
                    form={form}
                    chosen={chosen === `${form.visit} ${form.instrument}`}
                  />
                ))}
            </tbody>
          );
        })}
      </table>
      <Suspense>
        {booking && (
          <BookVisit
            participant={person.code}
            visit={booking}
            today={today}
            onClose={() => setBooking(null)}
          />
        )}
      </Suspense>
    </>
  );
}

function standing(visit: VisitView, today: Day): string {
  if (visit.unscheduled !== null)
    return `${visit.opens ? writtenDay(visit.seenOn ?? visit.opens) : ''}, ${visit.unscheduled}`;
  if (visit.seenOn) return writtenDay(visit.seenOn);
  if (visit.state === 'stopped') return t('follow-up stopped');
  if (visit.bookedFor) return t('booked {bookedFor}', { bookedFor: appointment(visit.bookedFor) });
  if (visit.opens === null || visit.closes === null) return t('dates follow randomisation');
  const range = dayRange(visit.opens, visit.closes, today.slice(0, 4));
  if (visit.state === 'missed') return t('missed, window {range}', { range });
  return visit.state === 'overdue' ? t('overdue, window {range}', { range }) : t('window {range}', { range });
}

function FormRow({ person, form, chosen }: { person: ParticipantView; form: FormSummary; chosen: boolean }) {
  const study = useStudyId();
  return (
    <tr className={chosen ? 'chosen' : undefined}>
      <td>
        <Link
          data-row
          to="/s/$study/participants/$participant/$visit/$instrument"
          params={{ study, participant: person.code, visit: form.visit, instrument: form.instrument }}
        >
          {said(form.short)}
        </Link>
        {form.studyVersion !== person.studyVersion && form.status !== 'not-started' && (
          <span
            className="small mute"
            title={t('Begun under version {studyVersion} of the protocol, and kept under it', {
              studyVersion: form.studyVersion,
            })}
          >
            {' '}
            {t('protocol v{studyVersion}', { studyVersion: form.studyVersion })}
          </span>
        )}
        {form.openQueries > 0 && (
          <span className="tag wrn only-phone">
            {t('{queries, plural, one {# query} other {# queries}}', { queries: form.openQueries })}
          </span>
        )}
      </td>
      <td>
        <FormState form={form} />
      </td>
      <td className="ink2 nowrap by">
        {form.by && form.at ? `${form.by}, ${shortDay(localDay(form.at))}` : ''}
      </td>
      <td>{result(form)}</td>
      <td className="num">
        {form.openQueries > 0 && (
          <span className="tag wrn">
            <IconMessage2 className="ic" aria-hidden />
            {t('{openQueries} open', { openQueries: form.openQueries })}
          </span>
        )}
      </td>
    </tr>
  );
}

function FormState({ form }: { form: FormSummary }) {
  if (form.status === 'complete') {
    return (
      <span className="st ok">
        <IconCircleCheck className="ic" aria-hidden />
        {t('Complete')}
      </span>
    );
  }
  const begun = form.status === 'started';
  const Icon = begun ? IconCircleHalf2 : IconCircle;
  return (
    <span className="st no">
      <Icon className="ic" aria-hidden />
      {begun
        ? t('Started, {answered} of {answers, plural, one {# answer} other {# answers}}', {
            answered: form.answered,
            answers: form.items,
          })
        : t('Not started')}
    </span>
  );
}

/** "Total 21 of 52": the first scores that have a value. */
function result(form: FormSummary): string {
  return form.scores
    .filter(({ value }) => value !== null)
    .slice(0, 2)
    .map(({ label, value, max, band }) =>
      t('{label} {value} of {max}{what}', {
        label: said(label),
        value: Number(value?.toFixed(1)),
        max,
        what: band ? ` (${said(band)})` : '',
      }),
    )
    .join(', ');
}
