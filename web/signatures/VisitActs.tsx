import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { HoldActs } from '../locking/HoldActs.tsx';
import css from '../locking/locking.module.css';
import type { ParticipantView } from '../parts/participant/types.ts';
import { useMay } from '../session.ts';
import { SignDialog } from './SignDialog.tsx';

/** Signing, freezing and locking a visit from the participant’s page. A visit nobody has begun has nothing of it. */
export function VisitActs({
  person,
  visit,
  label,
}: {
  person: ParticipantView;
  visit: string;
  label: string;
}) {
  const may = useMay();
  const [signing, setSigning] = useState(false);
  const begun = person.forms.filter((form) => form.visit === visit && form.version > 0);
  const complete = begun.length > 0 && begun.every(({ status }) => status === 'complete');
  if (begun.length === 0) return null;
  const words = `${person.code}, ${label}`;
  return (
    <span className={`no-print ${css.visitActs}`}>
      {may('signatures.sign') && complete && (
        <button type="button" className="btn sm" onClick={() => setSigning(true)}>
          <IconSignature className="ic" aria-hidden />
          Sign<span className="vh"> {words}</span>
        </button>
      )}
      <HoldActs scope={{ level: 'visit', participant: person.code, visit }} label={words} />
      {signing && (
        <SignDialog
          participant={person.code}
          part={{ visit }}
          label={words}
          onClose={() => setSigning(false)}
        />
      )}
    </span>
  );
}
