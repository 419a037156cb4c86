import { useState } from 'react';
import type { RoleName } from '../../server/studies/document.ts';
import { roleLabel } from '../session.ts';
import { signIn } from './PasswordForm.tsx';
import { Refusal } from './Refusal.tsx';

interface DemoSignIn {
  role: string;
  email: string;
  password: string;
}

const sees: Record<RoleName, string> = {
  coordinator: 'Worklist, enrolment, forms and queries of the sites',
  assessor: 'Visits and forms, without any arm',
  investigator: 'Results, participants, events and safety alerts',
  statistician: 'Results, exports and the allocation log; no participant pages',
  'data-manager': 'Queries, imports, exports and the audit trail',
  monitor: 'Forms and queries to check, and the audit trail',
  'identity-custodian': 'Names and contact details, sealed apart from the data',
  owner: 'People and their roles, results and the audit trail',
};

/** One sign-in for each role of the demonstration study. */
export function DemoSignIns({ sign, onDone }: { sign: readonly DemoSignIn[]; onDone: () => Promise<void> }) {
  const [busy, setBusy] = useState<string | null>(null);
  const [cause, setCause] = useState<unknown>(null);
  const enter = async ({ email, password }: DemoSignIn) => {
    setBusy(email);
    setCause(null);
    try {
      if ((await signIn(email, password)) === 'code')
        throw new Error('Somebody turned a second factor on for this role.');
      await onDone();
    } catch (reason) {
      setCause(reason);
    } finally {
      setBusy(null);
    }
  };
  return (
    <section className="demo" aria-label="Demonstration sign-ins">
      <div>
        <h2>Demonstration sign-ins</h2>
        <p className="lead">
          Each role sees the same trial through its own rights. All people in it are made up.
        </p>
        <ul className="card">
          {sign.map((one) => {
            const role = one.role as RoleName;
            const name = roleLabel[role] ?? one.role;
            return (
              <li key={one.email}>
                <span className="grow">
                  <strong>{name}</strong>
                  <span className="mute small">{sees[role] ?? one.email}</span>
                </span>
                <button
                  type="button"
                  className="btn sm"
                  disabled={busy !== null}
                  aria-label={`Sign in as ${name.toLowerCase()}`}
                  onClick={() => void enter(one)}
                >
                  {busy === one.email ? 'Signing in' : 'Sign in'}
                </button>
              </li>
            );
          })}
        </ul>
        <Refusal cause={cause} />
      </div>
    </section>
  );
}
