import { useState } from 'react';
import type { RoleName } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
import { roleLabel } from '../session.ts';
import { signIn } from './PasswordForm.tsx';
import { Refusal } from './Refusal.tsx';

interface DemoSignIn {
  role: string;
  email: string;
  password: string;
}

const sees: Record<RoleName, string> = {
  coordinator: t('Worklist, enrolment, forms and queries of the sites'),
  assessor: t('Visits and forms, without any arm'),
  investigator: t('Results, participants, events and safety alerts'),
  statistician: t('Results, exports and the allocation log; no participant pages'),
  'data-manager': t('Queries, imports, exports and the audit trail'),
  monitor: t('Forms and queries to check, and the audit trail'),
  'identity-custodian': t('Names and contact details, sealed apart from the data'),
  'monitoring-board': t('Reports of the monitoring board, and nothing of capture'),
  owner: t('People and their roles, results and the audit trail'),
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
    <section className="demo" aria-label={t('Demonstration sign-ins')}>
      <div>
        <h2>{t('Demonstration sign-ins')}</h2>
        <p className="lead">
          {t('Each role sees the same trial through its own rights. All people in it are made up.')}
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
                  aria-label={t('Sign in as {name}', { name: name.toLowerCase() })}
                  onClick={() => void enter(one)}
                >
                  {busy === one.email ? t('Signing in') : t('Sign in')}
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
