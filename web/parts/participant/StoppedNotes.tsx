import { t } from '../../language/t.ts';
import { partWords } from '../../records/words.ts';
import { fullDay } from '../../time.ts';
import type { ParticipantView } from './types.ts';

/** Why somebody was not enrolled, or which parts of the follow-up stopped, above everything else. */
export function StoppedNotes({ person }: { person: ParticipantView }) {
  const { stopped } = person.followUp;
  const parts = stopped.map(({ part, since }) =>
    t('{part} since {since}', { part: partWords[part].toLowerCase(), since: fullDay(since) }),
  );
  return (
    <>
      {person.exclusionReason && (
        <p className="note excluded">{t('Not enrolled: {reason}', { reason: person.exclusionReason })}</p>
      )}
      {stopped.length > 0 && (
        <p className="note wrn excluded">
          {t('Stopped: {parts}.', { parts: parts.join('; ') })}
          {!stopped.some(({ part }) => part === 'assessments') && ` ${t('Visits stay due.')}`}
        </p>
      )}
    </>
  );
}
