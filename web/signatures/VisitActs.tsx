import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../language/t.ts';
import { HoldActs } from '../locking/HoldActs.tsx';
import css from '../locking/locking.module.css';
import { useHolds } from '../locking/useHolds.ts';
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
  const forms = person.forms.filter((form) => form.visit === visit);
  const complete = forms.every(({ status }) => status === 'complete');
  const locked = useHolds({ participant: person.code }).some(
    ({ kind, scope }) => kind === 'locked' && (!('visit' in scope) || scope.visit === visit),
  );
  if (!forms.some(({ version }) => version > 0)) return null;
  const words = `${person.code}, ${label}`;
  return (
    <span className={`no-print ${css.visitActs}`}>
      {may('signatures.sign') && complete && !locked && (
        <button type="button" className="btn sm" onClick={() => setSigning(true)}>
          <IconSignature className="ic" aria-hidden />
          {t('Sign')}
          <span className="vh"> {words}</span>
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
