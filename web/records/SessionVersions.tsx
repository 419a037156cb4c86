import { readGroups } from '../../server/groups/contract.ts';
import {
  type FidelityView,
  fidelityVersions,
  type SessionView,
  sessionVersions,
} from '../../server/sessions/contract.ts';
import { useEndpoint } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { useStudyId, useStudyView } from '../session.ts';
import { linesOfFidelity, linesOfSession } from './lines.ts';
import { Versions } from './Versions.tsx';

/** A participant's part in a session, and its versions. */
export function SessionVersions({ session, onClose }: { session: SessionView; onClose: () => void }) {
  const study = useStudyId();
  const groups = useEndpoint(readGroups, { params: { study } }).data;
  const named = (id: string | null): string =>
    [...(groups?.therapists ?? []), ...(groups?.groups ?? [])].find((one) => one.id === id)?.name ?? '';
  return (
    <Versions
      title={rich('Session {number} of <code>{participant}</code>', {
        number: session.content.number,
        participant: session.participant,
      })}
      of={useEndpoint(sessionVersions, { params: { study, record: session.id } })}
      lines={({ content }) => linesOfSession(content, named)}
      onClose={onClose}
    />
  );
}

/** A rating of a session, and its versions. */
export function RatingVersions({ rating, onClose }: { rating: FidelityView; onClose: () => void }) {
  const study = useStudyId();
  const document = useStudyView()?.document;
  return (
    <Versions
      title={t('Fidelity rating')}
      of={useEndpoint(fidelityVersions, { params: { study, record: rating.id } })}
      lines={({ content }) => linesOfFidelity(content, document)}
      onClose={onClose}
    />
  );
}
