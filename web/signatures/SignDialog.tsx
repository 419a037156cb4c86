import { useId, useState } from 'react';
import { readParticipant } from '../../server/participants/contract.ts';
import { listSignatures, participantSignatures, sign } from '../../server/signatures/contract.ts';
import { newKey, useCall, useEndpoint } from '../api.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { ProofFields } from '../parts/ProofFields.tsx';
import { useSession, useStudyId } from '../session.ts';

interface Props {
  participant: string;
  /** A form, or a visit’s forms; left out: the whole casebook. */
  part?: { visit?: string; instrument?: string };
  label?: string;
  onClose: () => void;
}

/** Signs a form, a visit or a casebook: who signs proves again who they are, and chooses what the signature means. */
export function SignDialog({ participant, part = {}, label = participant, onClose }: Props) {
  const study = useStudyId();
  const { user, secondFactor } = useSession();
  const id = useId();
  const params = { study, participant };
  const person = useEndpoint(readParticipant, { params }, { gcTime: 0 });
  const { data } = useEndpoint(participantSignatures, { params });
  const call = useCall(sign, { invalidates: [listSignatures, participantSignatures] });
  const [key] = useState(newKey);
  const [meaning, setMeaning] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const forms = (person.data?.forms ?? [])
    .filter(
      ({ status, visit, instrument }) =>
        status === 'complete' &&
        (part.visit === undefined || part.visit === visit) &&
        (part.instrument === undefined || part.instrument === instrument),
    )
    .map(({ visit, instrument, version }) => ({ visit, instrument, version }));
  const chosen = meaning || data?.meanings[0]?.id || '';
  return (
    <Dialog
      title={rich('Sign <code>{label}</code>', { label })}
      act={t('Sign {label}', { label })}
      busy={
        call.isPending ||
        forms.length === 0 ||
        chosen === '' ||
        password === '' ||
        (secondFactor.on && code === '')
      }
      cause={call.error ?? person.error}
      onAct={() =>
        call.mutate(
          { params, body: { key, ...part, meaning: chosen, forms, password, ...(code ? { code } : {}) } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>
        {rich(
          'Signed as <b>{name}</b>: {completeForms, plural, one {# complete form} other {# complete forms}}. A later change of any of them makes the signature void.',
          { name: user.name, completeForms: forms.length },
        )}
      </p>
      <div>
        <label className="lab" htmlFor={`${id}-meaning`}>
          {t('What the signature means')}
        </label>
        <select
          className="inp"
          id={`${id}-meaning`}
          value={chosen}
          onChange={(event) => setMeaning(event.currentTarget.value)}
        >
          {data?.meanings.map((one) => (
            <option key={one.id} value={one.id}>
              {one.label}
            </option>
          ))}
        </select>
      </div>
      <ProofFields password={password} code={code} onPassword={setPassword} onCode={setCode} />
    </Dialog>
  );
}
