import { type FormEvent, useId, useState } from 'react';
import {
  type Identity,
  listIdentities,
  type openIdentity,
  saveIdentity,
} from '../../../server/identity/contract.ts';
import { type Reply, useCall } from '../../api.ts';
import { t } from '../../language/t.ts';
import { useStudyId, useStudyView } from '../../session.ts';
import { Refusal } from '../Refusal.tsx';
import { fieldLabels } from './words.ts';

interface Props {
  participant: string;
  opened: Reply<typeof openIdentity>;
  onDone: () => void;
}

const nobody: Identity = {
  ...(Object.fromEntries(Object.keys(fieldLabels).map((field) => [field, ''])) as Record<
    keyof Identity,
    string
  >),
  birthDate: null,
};

/** Fields to type an identity into; the national identifier only where the study keeps one. */
export function IdentityForm({ participant, opened, onDone }: Props) {
  const id = useId();
  const study = useStudyId();
  const national = useStudyView()?.document.identities?.nationalIdentifier;
  const save = useCall(saveIdentity, { invalidates: [listIdentities] });
  const [typed, setTyped] = useState<Identity>(() => ({ ...nobody, ...opened.identity }));
  const fields = (Object.keys(fieldLabels) as (keyof Identity)[]).filter(
    (field) => field !== 'nationalIdentifier' || national !== undefined,
  );
  const act = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { params: { study, participant }, body: { version: opened.version, identity: typed } },
      { onSuccess: onDone },
    );
  };
  return (
    <form className="identity-form" onSubmit={act} autoComplete="off">
      {fields.map((field) => (
        <div key={field}>
          <label className="lab" htmlFor={`${id}-${field}`}>
            {field === 'nationalIdentifier' ? national : fieldLabels[field]}
          </label>
          <input
            className="inp"
            id={`${id}-${field}`}
            type={field === 'birthDate' ? 'date' : field === 'email' ? 'email' : 'text'}
            value={typed[field] ?? ''}
            onChange={(event) => {
              const { value } = event.currentTarget;
              setTyped({ ...typed, [field]: field === 'birthDate' ? value || null : value });
            }}
          />
        </div>
      ))}
      <Refusal cause={save.error} />
      <div className="acts">
        <button type="submit" className="btn pri" disabled={save.isPending}>
          {t('Keep')}
        </button>
        <button type="button" className="btn" onClick={onDone}>
          {t('Cancel')}
        </button>
      </div>
    </form>
  );
}
