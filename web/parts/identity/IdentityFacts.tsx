import type { Identity } from '../../../server/identity/contract.ts';
import { fullDay } from '../../time.ts';
import { fieldLabels } from './words.ts';

/** What is kept, field by field; empty fields are left out. */
export function IdentityFacts({ identity }: { identity: Partial<Identity> }) {
  const fields = (Object.keys(fieldLabels) as (keyof Identity)[]).filter((field) => identity[field]);
  return (
    <dl className="identity-facts">
      {fields.map((field) => (
        <div key={field}>
          <dt>{fieldLabels[field]}</dt>
          <dd>{field === 'birthDate' ? fullDay(identity.birthDate!) : identity[field]}</dd>
        </div>
      ))}
    </dl>
  );
}
