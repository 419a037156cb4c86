import type { FidelityView, SessionView } from '../../server/sessions/contract.ts';
import { t } from '../language/t.ts';
import { useMay, useStudyView } from '../session.ts';
import { fullDay } from '../time.ts';
import { RowActs } from './RowActs.tsx';

export type AskedOfSession =
  | { kind: 'correct' | 'strike' | 'versions' | 'rate'; session: SessionView }
  | {
      kind: 'correct-rating' | 'strike-rating' | 'rating-versions';
      session: SessionView;
      rating: FidelityView;
    };

/** Sessions of one participant, each with its ratings. */
export function SessionTable({
  rows,
  fidelity,
  ask,
}: {
  rows: readonly SessionView[];
  fidelity: readonly FidelityView[];
  ask: (asked: AskedOfSession) => void;
}) {
  const may = useMay();
  const scales = useStudyView()?.document.fidelity ?? [];
  const valid = rows.filter(({ struck }) => !struck);
  const attended = valid.filter(({ content }) => content.attendance === 'attended').length;
  const records = may('sessions.record');
  const rates = may('sessions.rate') && scales.length > 0;
  return (
    <>
      <p className="records-none">
        {t('{sessions, plural, one {# session} other {# sessions}} attended of {valid} on record', {
          sessions: attended,
          valid: valid.length,
        })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
      <section className="scroll-x" aria-label={t('Table of sessions')} tabIndex={0}>
        <table className="table record-table">
          <caption className="vh">{t('Sessions, the latest first')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('Session')}</th>
              <th scope="col">{t('On')}</th>
              <th scope="col">{t('Attendance')}</th>
              <th scope="col">{t('With')}</th>
              {scales.length > 0 && <th scope="col">{t('Fidelity')}</th>}
              <th scope="col">
                <span className="vh">{t('Actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id} className={row.struck ? 'struck' : undefined}>
                <td data-label={t('Session')}>
                  <span className="what">{row.content.number}</span>
                </td>
                <td className="nowrap" data-label={t('On')}>
                  {fullDay(row.content.on)}
                </td>
                <td data-label={t('Attendance')}>{attendanceOf(row)}</td>
                <td data-label={t('With')}>
                  {[row.therapistName, row.groupName].filter(Boolean).join(', ') || '–'}
                </td>
                {scales.length > 0 && (
                  <td data-label={t('Fidelity')}>
                    <Ratings
                      ratings={fidelity.filter(({ sheet }) => sheet === row.sheet)}
                      mayRate={rates}
                      ask={(kind, rating) => ask({ kind, session: row, rating })}
                    />
                  </td>
                )}
                <td className="num">
                  <RowActs
                    name={t('Session {number}', { number: row.content.number })}
                    struck={row.struck}
                    onVersions={() => ask({ kind: 'versions', session: row })}
                    onCorrect={records ? () => ask({ kind: 'correct', session: row }) : undefined}
                    onStrike={records ? () => ask({ kind: 'strike', session: row }) : undefined}
                  >
                    {rates && row.content.attendance === 'attended' && (
                      <button
                        type="button"
                        className="btn sm"
                        aria-label={t('Rate session {number}', { number: row.content.number })}
                        onClick={() => ask({ kind: 'rate', session: row })}
                      >
                        {t('Rate')}
                      </button>
                    )}
                  </RowActs>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

const attendanceOf = ({ content }: SessionView): string =>
  content.attendance === 'attended'
    ? `Attended${content.minutes ? t(', {minutes} min', { minutes: content.minutes }) : ''}`
    : t('Missed: {missedReason}', { missedReason: content.missedReason });

function Ratings({
  ratings,
  mayRate,
  ask,
}: {
  ratings: readonly FidelityView[];
  mayRate: boolean;
  ask: (kind: 'correct-rating' | 'strike-rating' | 'rating-versions', rating: FidelityView) => void;
}) {
  const scales = useStudyView()?.document.fidelity ?? [];
  if (ratings.length === 0) return '–';
  return ratings.map((rating) => (
    <span key={rating.id} className={rating.struck ? 'rating struck' : 'rating'}>
      <span className="small">
        {scales.map(({ id, label }) => `${label} ${rating.content.ratings[id] ?? '–'}`).join(', ')}
        <span className="mute"> {t('by {rater}', { rater: rating.content.rater })}</span>
      </span>
      <RowActs
        name={t('The rating by {rater}', { rater: rating.content.rater })}
        struck={rating.struck}
        onVersions={() => ask('rating-versions', rating)}
        onCorrect={mayRate ? () => ask('correct-rating', rating) : undefined}
        onStrike={mayRate ? () => ask('strike-rating', rating) : undefined}
      />
    </span>
  ));
}
