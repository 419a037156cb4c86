import { IconChevronRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { siteName } from '../parts/naming.ts';
import { useMay, useStudyId, useStudyView } from '../session.ts';
import { type Day, fullDay } from '../time.ts';
import css from './groups.module.css';
import type { Asked, Group } from './types.ts';
import { isCurrent, seated } from './words.ts';

/** One group: who leads it, when it begins, its seats; folded out, its members with the way to move or end. */
export function GroupCard({ group, today, ask }: { group: Group; today: Day; ask: (asked: Asked) => void }) {
  const view = useStudyView();
  const id = useId();
  const taken = seated(group).length;
  const full = taken >= group.seats;
  return (
    <details className={css.group} open={isCurrent(group, today)} aria-labelledby={id}>
      <summary>
        <IconChevronRight className="ic" aria-hidden />
        <span id={id} className={css.name}>
          {group.name}
        </span>
        <span>{siteName(view, group.site)}</span>
        <span>{group.therapist ?? 'No therapist yet'}</span>
        <span className="ink2">
          {group.startsOn > today ? 'begins' : 'began'} {fullDay(group.startsOn)}
        </span>
        <span className={css.seats}>
          {taken} of {group.seats}
          <span className="bar" aria-hidden>
            <i style={{ width: `${(100 * taken) / group.seats}%` }} />
          </span>
          <span className="vh">seats taken{full && ', full'}</span>
        </span>
      </summary>
      <Members group={group} ask={ask} />
    </details>
  );
}

function Members({ group, ask }: { group: Group; ask: (asked: Asked) => void }) {
  const study = useStudyId();
  const may = useMay();
  if (group.members.length === 0)
    return <p className={css.nobody}>Nobody is seated yet. Seats are given from the waiting list.</p>;
  return (
    <table className="table dense">
      <caption className="vh">Members of {group.name}</caption>
      <thead>
        <tr>
          <th scope="col">Participant</th>
          <th scope="col">From</th>
          <th scope="col">Until</th>
          <th scope="col">
            <span className="vh">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {group.members.map(({ participant, from, until }) => (
          <tr key={`${participant} ${from}`} className={until === null ? undefined : 'mute'}>
            <td>
              <Link className="code" to="/s/$study/participants/$participant" params={{ study, participant }}>
                {participant}
              </Link>
            </td>
            <td className="nowrap">{fullDay(from)}</td>
            <td className="nowrap">{until === null ? '–' : fullDay(until)}</td>
            <td className="num">
              {until === null && may('groups.plan') && (
                <span className={css.acts}>
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={`Move ${participant}`}
                    onClick={() => ask({ kind: 'seat', participant, arm: group.arm, site: group.site })}
                  >
                    Move
                  </button>
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={`End the membership of ${participant}`}
                    onClick={() => ask({ kind: 'end', participant, place: group.name })}
                  >
                    End
                  </button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
