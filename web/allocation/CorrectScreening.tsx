import { useState } from 'react';
import {
  listParticipants,
  type ParticipantView,
  readHistory,
  readParticipant,
} from '../../server/participants/contract.ts';
import { allocationLog, checkReadiness, correctStratum } from '../../server/randomisation/contract.ts';
import { useCall } from '../api.ts';
import { ScreeningFields } from '../enrol/ScreeningFields.tsx';
import { problemsOf, type Typed, valuesOf } from '../enrol/screening.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { ReasonDialog } from '../parts/dialogs/ReasonDialog.tsx';
import { useStudyId, useStudyView } from '../session.ts';

const touched = [readParticipant, readHistory, checkReadiness, listParticipants, allocationLog];

/** Puts screening answers right, with a reason; an allocation that was made on the wrong ones stands. */
export default function CorrectScreening({
  person,
  onClose,
}: {
  person: ParticipantView;
  onClose: () => void;
}) {
  const study = useStudyId();
  const fields = useStudyView()?.document.screening.fields ?? [];
  const correct = useCall(correctStratum, { invalidates: touched });
  const before: Typed = Object.fromEntries(
    Object.entries(person.values).map(([field, value]) => [field, String(value)]),
  );
  const [typed, setTyped] = useState<Typed>(before);
  const problems = problemsOf(fields, typed);
  const changed = fields.some((field) => (typed[field.id] ?? '').trim() !== (before[field.id] ?? ''));
  return (
    <ReasonDialog
      title={rich('Correct screening answers of <code>{participant}</code>', { participant: person.code })}
      act={t('Save the correction')}
      busy={correct.isPending}
      ready={changed && Object.keys(problems).length === 0}
      hint={t('Both answers, the reason and your name stay in the history.')}
      cause={correct.error}
      onAct={(reason) =>
        correct.mutate(
          {
            params: { study, participant: person.code },
            body: { version: person.version, values: valuesOf(fields, typed), reason },
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      {person.randomised && (
        <p className="note">
          <span>
            <b>{t('The allocation stands.')}</b>{' '}
            {t(
              'It isn’t drawn again and keeps its place; the correction is added to the log, and a procedure that minimises counts the true answer from now on.',
            )}
          </span>
        </p>
      )}
      <ScreeningFields
        fields={fields}
        typed={typed}
        problems={problems}
        onChange={(field, to) => setTyped((now) => ({ ...now, [field]: to }))}
      />
    </ReasonDialog>
  );
}
