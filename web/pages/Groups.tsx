import { IconArmchair } from '@tabler/icons-react';
import { useState } from 'react';
import { readGroups } from '../../server/groups/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import '../records/records.css';
import { AddGroup } from '../groups/AddGroup.tsx';
import { AddTherapist } from '../groups/AddTherapist.tsx';
import { EndTherapy } from '../groups/EndTherapy.tsx';
import { GroupCard } from '../groups/GroupCard.tsx';
import css from '../groups/groups.module.css';
import { PlanCards } from '../groups/PlanCards.tsx';
import { Seat } from '../groups/Seat.tsx';
import { TherapistsCard } from '../groups/TherapistsCard.tsx';
import type { Asked, GroupsView } from '../groups/types.ts';
import { WaitingCard } from '../groups/WaitingCard.tsx';
import { byInterest } from '../groups/words.ts';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useSites } from '../parts/naming.ts';
import { SiteFilter } from '../parts/SiteFilter.tsx';
import SessionDialog from '../records/SessionDialog.tsx';
import { SessionSummaryCard } from '../records/SessionSummaryCard.tsx';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { localDay } from '../time.ts';

/** Therapy after allocation: who waits for a seat, which groups there are, who leads them. */
export default function Groups() {
  const study = useStudyId();
  const may = useMay();
  const [{ site }, setFilter] = useFilters();
  const read = useEndpoint(readGroups, { params: { study } });
  const [asked, setAsked] = useState<Asked | null>(null);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Groups')}</h1>
          <p>
            {read.data
              ? t('{groups, plural, one {# group} other {# groups}}, {waiting} waiting for a seat', {
                  groups: read.data.groups.length,
                  waiting: read.data.waiting.length,
                })
              : t('Therapists, groups and who waits for a seat')}
          </p>
        </div>
        <div className="acts">
          <SiteFilter value={site} onChange={(to) => setFilter({ site: to })} />
          {may('groups.plan') && (
            <button type="button" className="btn" onClick={() => setAsked({ kind: 'seat' })}>
              <IconArmchair className="ic" aria-hidden />
              {t('Seat a participant')}
            </button>
          )}
        </div>
      </div>
      <Loaded of={read} label={t('groups')} rows={12}>
        {(view) => (
          <>
            <Page view={view} site={site} ask={setAsked} />
            {asked && <Dialogs asked={asked} view={view} onClose={() => setAsked(null)} />}
          </>
        )}
      </Loaded>
    </>
  );
}

interface PageProps {
  view: GroupsView;
  site: string | undefined;
  ask: (asked: Asked) => void;
}

function Page({ view, site, ask }: PageProps) {
  const may = useMay();
  const sites = useSites(useStudyView());
  const today = localDay(new Date().toISOString());
  const here = <T extends { site: string }>(rows: readonly T[]) =>
    rows.filter((row) => site === undefined || row.site === site);
  const groups = byInterest(here(view.groups), today);
  return (
    <>
      {view.plan.length > 0 && <PlanCards plan={here(view.plan)} ask={ask} />}
      <div className={css.layout}>
        <div className={css.main}>
          {view.plan.length > 0 && <WaitingCard waiting={here(view.waiting)} ask={ask} />}
          <section className="card" aria-labelledby="groups">
            <header className={css.listHead}>
              <div>
                <h2 id="groups">{t('Groups')}</h2>
                <p>
                  {groups.length === 0
                    ? t('No group has been planned.')
                    : t('Still to begin first, then the latest')}
                </p>
              </div>
            </header>
            {groups.map((group) => (
              <GroupCard key={group.id} group={group} today={today} ask={ask} />
            ))}
          </section>
          {may('sessions.read') && <SessionSummaryCard site={site} />}
        </div>
        <TherapistsCard
          sites={sites.map(({ id }) => id).filter((id) => site === undefined || id === site)}
          therapists={view.therapists}
          groups={view.groups}
          ask={ask}
        />
      </div>
    </>
  );
}

function Dialogs({ asked, view, onClose }: { asked: Asked; view: GroupsView; onClose: () => void }) {
  const document = useStudyView()?.document;
  switch (asked.kind) {
    case 'therapist':
      return <AddTherapist onClose={onClose} />;
    case 'group':
      return <AddGroup view={view} site={asked.site} arm={asked.arm} onClose={onClose} />;
    case 'seat':
      return (
        <Seat
          view={view}
          participant={asked.participant}
          site={asked.site}
          arm={asked.arm}
          onClose={onClose}
        />
      );
    case 'session':
      return (
        <SessionDialog
          group={asked.group}
          minutes={document?.arms.find(({ id }) => id === asked.arm)?.sessions?.minutes}
          onClose={onClose}
        />
      );
    case 'end':
      return <EndTherapy participant={asked.participant} place={asked.place} onClose={onClose} />;
  }
}
