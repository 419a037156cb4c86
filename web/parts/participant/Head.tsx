import { Menu } from '@mantine/core';
import {
  IconCalendar,
  IconCalendarPlus,
  IconDoorExit,
  IconDots,
  IconEdit,
  IconFlag,
  IconMessage2,
  IconPhone,
  IconPrinter,
  IconShieldExclamation,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useMay, useStudyId, useStudyView } from '../../session.ts';
import { StatusTag } from '../StatusTag.tsx';
import { ArmCover } from './ArmCover.tsx';
import { nextFormOf, nextVisitOf, visitAdjective } from './nextVisit.ts';
import type { ParticipantView } from './types.ts';

export type Asked =
  | 'contact'
  | 'event'
  | 'withdrawal'
  | 'book'
  | 'add-visit'
  | 'query'
  | 'correction'
  | 'unblinding';

const enrolling = new Set<ParticipantView['status']>(['screening', 'eligible', 'consented']);

/** Who this is, where they stand, and what can be done. */
export function Head({ person, ask }: { person: ParticipantView; ask: (asked: Asked) => void }) {
  const may = useMay();
  return (
    <div className="ph">
      <h1 className="code">{person.code}</h1>
      <StatusTag status={person.status} />
      {person.randomised && <ArmCover participant={person.code} mayReveal={person.mayReveal} />}
      <div className="acts">
        {may('contacts.log') && (
          <button type="button" className="btn" onClick={() => ask('contact')}>
            <IconPhone className="ic" aria-hidden />
            {t('Log contact')}
          </button>
        )}
        <Primary person={person} />
        <More person={person} ask={ask} />
      </div>
    </div>
  );
}

function Primary({ person }: { person: ParticipantView }) {
  const study = useStudyId();
  const may = useMay();
  const params = { study, participant: person.code };
  if (enrolling.has(person.status) && may('participants.enrol')) {
    return (
      <Link className="btn pri" to="/s/$study/enrol/$participant" params={params}>
        {t('Go on enrolling')}
      </Link>
    );
  }
  const visit = nextVisitOf(person);
  const form = visit && nextFormOf(person, visit.visit);
  if (!visit || !form || !may('forms.enter') || person.status === 'withdrawn') return null;
  return (
    <Link
      className="btn pri"
      to="/s/$study/participants/$participant/$visit/$instrument"
      params={{ ...params, visit: visit.visit, instrument: form.instrument }}
    >
      {t('Enter {visitAdjective} forms', { visitAdjective: visitAdjective(said(visit.label)) })}
    </Link>
  );
}

function More({ person, ask }: { person: ParticipantView; ask: (asked: Asked) => void }) {
  const may = useMay();
  const view = useStudyView();
  const events = view?.document.events ?? [];
  const records = may('events.record') && person.randomised !== null;
  const leaves = records;
  return (
    <Menu position="bottom-end" width={220} withinPortal={false}>
      <Menu.Target>
        <button
          type="button"
          className="btn icon"
          aria-label={leaves ? t('More: book, record, withdraw, print') : t('More')}
        >
          <IconDots className="ic" aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {may('visits.book') && nextVisitOf(person) && (
          <Menu.Item leftSection={<IconCalendar className="ic" aria-hidden />} onClick={() => ask('book')}>
            {t('Book the next visit')}
          </Menu.Item>
        )}
        {may('visits.book') && person.randomised && (
          <Menu.Item
            leftSection={<IconCalendarPlus className="ic" aria-hidden />}
            onClick={() => ask('add-visit')}
          >
            {t('Add an unscheduled visit')}
          </Menu.Item>
        )}
        {may('queries.open') && (
          <Menu.Item leftSection={<IconMessage2 className="ic" aria-hidden />} onClick={() => ask('query')}>
            {t('Open a query')}
          </Menu.Item>
        )}
        {records && events.some(({ kind }) => kind !== 'withdrawal') && (
          <Menu.Item leftSection={<IconFlag className="ic" aria-hidden />} onClick={() => ask('event')}>
            {t('Record an event')}
          </Menu.Item>
        )}
        {leaves && (
          <Menu.Item
            leftSection={<IconDoorExit className="ic" aria-hidden />}
            onClick={() => ask('withdrawal')}
          >
            {person.followUp.stopped.length > 0 ? t('Change the follow-up') : t('Withdraw, or stop a part')}
          </Menu.Item>
        )}
        {may('allocation.correct') && (view?.document.screening.fields.length ?? 0) > 0 && (
          <Menu.Item leftSection={<IconEdit className="ic" aria-hidden />} onClick={() => ask('correction')}>
            {t('Correct screening answers')}
          </Menu.Item>
        )}
        {may('unblinding.open') && person.randomised && (
          <Menu.Item
            leftSection={<IconShieldExclamation className="ic" aria-hidden />}
            onClick={() => ask('unblinding')}
          >
            {t('Emergency unblinding')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconPrinter className="ic" aria-hidden />} onClick={() => window.print()}>
          {t('Print this page')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
