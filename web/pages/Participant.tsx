import { t } from '../language/t.ts';
import { StoppedNotes } from '../parts/participant/StoppedNotes.tsx';
import './participant.css';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { recordsTellArms } from '../../server/access/rules.ts';
import { readParticipant } from '../../server/participants/contract.ts';
import { listQueries, type QueryView } from '../../server/queries/contract.ts';
import { useEndpoint } from '../api.ts';
import { HoldNotice } from '../locking/HoldNotice.tsx';
import { useFilters } from '../parts/filters.ts';
import { IdentityTab } from '../parts/identity/IdentityTab.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { Facts } from '../parts/participant/Facts.tsx';
import { FormsTab } from '../parts/participant/FormsTab.tsx';
import { type Asked, Head } from '../parts/participant/Head.tsx';
import { nextVisitOf } from '../parts/participant/nextVisit.ts';
import { ContactsTab, HistoryTab, QueriesTab } from '../parts/participant/RecordTabs.tsx';
import { Timeline } from '../parts/participant/Timeline.tsx';
import type { ParticipantView } from '../parts/participant/types.ts';
import { Thread } from '../parts/queries/Thread.tsx';
import { useRowKeys } from '../parts/rowKeys.ts';
import { Tabs } from '../parts/Tabs.tsx';
import '../records/records.css';
import { armsWithSessions } from '../../server/sessions/rules.ts';
import { EventsTab } from '../records/EventsTab.tsx';
import { HarmsTab } from '../records/HarmsTab.tsx';
import { MedicationTab } from '../records/MedicationTab.tsx';
import { SessionsTab } from '../records/SessionsTab.tsx';
import { useMay, useRoles, useSessionStudy, useStudyId, useStudyView } from '../session.ts';
import { localDay } from '../time.ts';

const LogContact = lazy(() => import('../parts/dialogs/LogContact.tsx'));
const BookVisit = lazy(() => import('../parts/dialogs/BookVisit.tsx'));
const AddVisit = lazy(() => import('../parts/dialogs/AddVisit.tsx'));
const RecordEvent = lazy(() => import('../parts/dialogs/RecordEvent.tsx'));
const FollowUpDialog = lazy(() => import('../records/FollowUpDialog.tsx'));
const Unblind = lazy(() => import('../unblinding/Unblind.tsx'));
const CorrectScreening = lazy(() => import('../allocation/CorrectScreening.tsx'));
const OpenQuery = lazy(() => import('../parts/dialogs/OpenQuery.tsx'));

/** One participant: where they stand, when they come, every form, query, event and contact. */
export default function Participant() {
  const study = useStudyId();
  const { participant = '' } = useParams({ strict: false }) as { participant?: string };
  const person = useEndpoint(readParticipant, { params: { study, participant } });
  return (
    <Loaded of={person} label={t('the participant')} rows={12}>
      {(read) => <Page key={read.code} person={read} />}
    </Loaded>
  );
}

function Page({ person }: { person: ParticipantView }) {
  const study = useStudyId();
  const may = useMay();
  const lets = useStudyView()?.document.identities?.coordinators === true;
  const onlyCoordinator = !useRoles().includes('identity-custodian');
  const [{ tab = 'forms', query: chosen }, setFilter] = useFilters();
  const [asked, setAsked] = useState<Asked | null>(null);
  const list = useRef<HTMLElement>(null);
  useRowKeys(list);
  const today = localDay(new Date().toISOString());
  const about = { participant: person.code, page: 1, size: 100 };
  const reads = { enabled: may('queries.read') };
  const open = useEndpoint(listQueries, { params: { study }, query: about }, reads).data?.rows ?? [];
  const closed = useEndpoint(
    listQueries,
    { params: { study }, query: { ...about, status: 'closed' } },
    { enabled: reads.enabled && tab === 'queries' },
  ).data?.rows;
  const queries = [...open, ...(closed ?? [])];
  const shown = queries.find(({ id }) => id === chosen) ?? open[0];
  const view = useStudyView();
  const blinded = useSessionStudy()?.blinded ?? true;
  const hasSessions =
    may('sessions.read') &&
    !blinded &&
    person.randomised !== null &&
    view !== undefined &&
    armsWithSessions(view.document).length > 0;
  const tabs = [
    {
      id: 'forms',
      label: t('Forms'),
      note: t('{filter} of {forms}', {
        filter: person.forms.filter(({ status }) => status === 'complete').length,
        forms: person.forms.length,
      }),
      panel: (
        <FormsTab person={person} today={today} chosen={shown && `${shown.visit} ${shown.instrument}`} />
      ),
    },
    ...(reads.enabled
      ? [
          {
            id: 'queries',
            label: t('Queries'),
            note: open.length,
            panel: (
              <QueriesTab
                queries={queries}
                chosen={shown?.id}
                act={
                  may('queries.open') && <Ask words={t('Open a query')} onClick={() => setAsked('query')} />
                }
              />
            ),
          },
        ]
      : []),
    {
      id: 'events',
      label: t('Events'),
      note: person.events.filter(({ struck }) => struck === null).length,
      panel: (
        <EventsTab
          person={person}
          today={today}
          act={
            may('events.record') &&
            person.randomised && <Ask words={t('Record an event')} onClick={() => setAsked('event')} />
          }
        />
      ),
    },
    ...(may('harms.read') && !(blinded && view && recordsTellArms(view.document))
      ? [{ id: 'harms', label: t('Harms'), panel: <HarmsTab participant={person.code} /> }]
      : []),
    ...(may('medication.read')
      ? [
          {
            id: 'medication',
            label: t('Medication'),
            panel: (
              <MedicationTab
                participant={person.code}
                today={today}
                randomised={person.randomised !== null}
              />
            ),
          },
        ]
      : []),
    ...(hasSessions
      ? [{ id: 'sessions', label: t('Sessions'), panel: <SessionsTab participant={person.code} /> }]
      : []),
    {
      id: 'contacts',
      label: t('Contacts'),
      note: person.contacts.length,
      panel: (
        <ContactsTab
          person={person}
          act={may('contacts.log') && <Ask words={t('Log contact')} onClick={() => setAsked('contact')} />}
        />
      ),
    },
    ...(may('identity.read') && (!onlyCoordinator || lets)
      ? [{ id: 'identity', label: t('Identity'), panel: <IdentityTab participant={person.code} /> }]
      : []),
    { id: 'history', label: t('History'), panel: <HistoryTab participant={person.code} /> },
  ];
  return (
    <>
      <Head person={person} ask={setAsked} />
      <HoldNotice participant={person.code} />
      <StoppedNotes person={person} />
      <section className="card about" aria-label={t('Summary and timeline')}>
        <Facts person={person} today={today} />
        <Timeline person={person} today={today} />
      </section>
      <div className={shown ? 'split' : undefined}>
        <section className="card records" aria-label={t('Records')} ref={list}>
          <Tabs
            label={t('Records')}
            tabs={tabs}
            chosen={tab}
            choose={(id) => setFilter({ tab: id === 'forms' ? undefined : id })}
          />
        </section>
        {shown && <Panel queries={queries} shown={shown} choose={(id) => setFilter({ query: id })} />}
      </div>
      <Suspense>
        {asked && <Dialogs asked={asked} person={person} today={today} onClose={() => setAsked(null)} />}
      </Suspense>
    </>
  );
}

function Ask({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <button type="button" className="btn sm" onClick={onClick}>
      {words}
    </button>
  );
}

function Panel({
  queries,
  shown,
  choose,
}: {
  queries: QueryView[];
  shown: QueryView;
  choose: (id: string) => void;
}) {
  const at = queries.findIndex(({ id }) => id === shown.id);
  const before = queries[at - 1];
  const after = queries[at + 1];
  return (
    <Thread
      query={shown}
      previous={before && (() => choose(before.id))}
      next={after && (() => choose(after.id))}
    />
  );
}

interface DialogsProps {
  asked: Asked;
  person: ParticipantView;
  today: string;
  onClose: () => void;
}

function Dialogs({ asked, person, today, onClose }: DialogsProps) {
  const visit = nextVisitOf(person);
  const shared = { participant: person.code, today, onClose };
  if (asked === 'contact') return <LogContact {...shared} />;
  if (asked === 'book') return visit ? <BookVisit {...shared} visit={visit} /> : null;
  if (asked === 'add-visit') return <AddVisit person={person} today={today} onClose={onClose} />;
  if (asked === 'unblinding') return <Unblind participant={person.code} onClose={onClose} />;
  if (asked === 'correction') return <CorrectScreening person={person} onClose={onClose} />;
  if (asked === 'query') return <OpenQuery participant={person.code} onClose={onClose} />;
  if (asked === 'withdrawal') return <FollowUpDialog person={person} today={today} onClose={onClose} />;
  return <RecordEvent {...shared} />;
}
