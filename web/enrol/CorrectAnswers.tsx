import { lazy, Suspense, useState } from 'react';
import type { ParticipantView } from '../../server/participants/contract.ts';
import { rich } from '../language/rich.ts';
import { useMay } from '../session.ts';

const CorrectScreening = lazy(() => import('../allocation/CorrectScreening.tsx'));

/** Where a screening answer was typed wrongly, the way to put it right without leaving the enrolment. */
export function CorrectAnswers({ person }: { person: ParticipantView }) {
  const may = useMay();
  const [open, setOpen] = useState(false);
  if (!may('allocation.correct') || Object.keys(person.values).length === 0) return null;
  return (
    <p className="small mute">
      {rich('Is a screening answer wrong? <a>Correct it</a>', {
        a: (inner) => (
          <button type="button" className="linklike small" onClick={() => setOpen(true)}>
            {inner}
          </button>
        ),
      })}
      <Suspense>{open && <CorrectScreening person={person} onClose={() => setOpen(false)} />}</Suspense>
    </p>
  );
}
