import { IconChevronRight, IconPlus } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyView } from '../session.ts';
import css from './groups.module.css';
import { Members } from './Members.tsx';
import type { Asked, GroupsView } from './types.ts';

/** The therapists of each site with those they treat one by one, and the groups they lead. */
export function TherapistsCard({
  sites,
  therapists,
  groups,
  ask,
}: Pick<GroupsView, 'therapists' | 'groups'> & {
  sites: readonly string[];
  ask: (asked: Asked) => void;
}) {
  const view = useStudyView();
  const may = useMay();
  return (
    <section className="card" aria-labelledby="therapists">
      <header>
        <h2 id="therapists" className="grow">
          {t('Therapists')}
        </h2>
      </header>
      <div className={`body ${css.therapists}`}>
        {sites.map((site) => {
          const here = therapists.filter((one) => one.site === site);
          return (
            <section key={site} aria-label={siteName(view, site)}>
              <h3>{siteName(view, site)}</h3>
              {here.length === 0 ? (
                <p className="small mute">{t('No therapist yet.')}</p>
              ) : (
                <ul>
                  {here.map((one) => {
                    const leads = groups.filter(
                      (group) => group.site === site && group.therapist === one.name,
                    ).length;
                    const now = one.members.filter(({ until }) => until === null).length;
                    return (
                      <li key={one.id}>
                        <details className={css.therapist}>
                          <summary>
                            <IconChevronRight className="ic" aria-hidden />
                            <span>{one.name}</span>
                            <span className="small mute">
                              {t('{now} one to one, {groups, plural, one {# group} other {# groups}}', {
                                now,
                                groups: leads,
                              })}
                            </span>
                          </summary>
                          <Members
                            of={one.members}
                            place={{ name: one.name, site: one.site }}
                            none={t('Nobody is treated one to one.')}
                            ask={ask}
                          />
                        </details>
                      </li>
                    );
                  })}
                </ul>
              )}
            </section>
          );
        })}
        {may('groups.plan') && (
          <div>
            <button type="button" className="btn" onClick={() => ask({ kind: 'therapist' })}>
              <IconPlus className="ic" aria-hidden />
              {t('Add a therapist')}
            </button>
          </div>
        )}
        <p className="small mute">{t('Allocation never looks at therapists, groups or seats.')}</p>
      </div>
    </section>
  );
}
