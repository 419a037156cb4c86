import { Link } from '@tanstack/react-router';
import { t } from '../language/t.ts';
import { useMay, useStudyId } from '../session.ts';
import { fullDay } from '../time.ts';
import css from './groups.module.css';
import type { Asked, Member } from './types.ts';

interface Props {
  of: readonly Member[];
  place: { name: string; site: string; arm?: string };
  none: string;
  ask: (asked: Asked) => void;
}

/** Who is or was in a group or with a therapist, with the way to move or end. */
export function Members({ of, place, none, ask }: Props) {
  const study = useStudyId();
  const may = useMay();
  if (of.length === 0) return <p className={css.nobody}>{none}</p>;
  return (
    <table className="table dense">
      <caption className="vh">{t('Members of {name}', { name: place.name })}</caption>
      <thead>
        <tr>
          <th scope="col">{t('Participant')}</th>
          <th scope="col">{t('From')}</th>
          <th scope="col">{t('Until')}</th>
          <th scope="col">
            <span className="vh">{t('Action')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {of.map(({ participant, from, until }) => (
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
                    aria-label={t('Move {participant}', { participant })}
                    onClick={() => ask({ kind: 'seat', participant, arm: place.arm, site: place.site })}
                  >
                    {t('Move')}
                  </button>
                  <button
                    type="button"
                    className="btn sm"
                    aria-label={t('End the membership of {participant}', { participant })}
                    onClick={() => ask({ kind: 'end', participant, place: place.name })}
                  >
                    {t('End')}
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
