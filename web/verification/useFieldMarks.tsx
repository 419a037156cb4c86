import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { FormView } from '../../server/forms/contract.ts';
import {
  type FormVerification,
  markVerified,
  readFormVerification,
  readVerification,
} from '../../server/verification/contract.ts';
import { newKey, useCall, useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { HoldNotice } from '../locking/HoldNotice.tsx';
import { useKeys } from '../parts/keys.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { useMay } from '../session.ts';
import { FieldMark } from './FieldMark.tsx';
import css from './verification.module.css';

const OpenQuery = lazy(() => import('../parts/dialogs/OpenQuery.tsx'));

export interface Marks {
  fields: ReadonlyMap<string, FormVerification['fields'][number]>;
  mayMark: boolean;
  mayAsk: boolean;
  mark(field: string, verified: boolean): void;
  ask(field: string): void;
}

interface Verification {
  /** What stands under an answer, by field. */
  below(field: string): ReactNode;
  /** What goes above the answers: freezes and locks, and how far verification is. */
  around: ReactNode;
}

/**
 * Source verification of an opened form, field by field, with its keys.
 */
export function useFieldMarks(study: string, form: FormView): Verification {
  const may = useMay();
  const { participant, visit, instrument } = form;
  const params = { study, participant, visit, instrument };
  const reads = may('verification.read') && form.version > 0;
  const { data } = useEndpoint(readFormVerification, { params }, { enabled: reads });
  const call = useCall(markVerified, { invalidates: [readFormVerification, readVerification] });
  const [asking, setAsking] = useState<string | null>(null);
  const focused = () => document.activeElement?.closest<HTMLElement>('[data-mark]');
  const move = (step: 1 | -1) => {
    const all = [...document.querySelectorAll<HTMLElement>('[data-mark]')];
    const here = focused();
    const at = here ? all.indexOf(here) : -1;
    const next = all[at === -1 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
    next?.querySelector('button')?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const press = (which: string) => focused()?.querySelector<HTMLElement>(`[data-${which}]`)?.click();
  useKeys(
    reads ? { j: () => move(1), k: () => move(-1), v: () => press('verify'), q: () => press('ask') } : {},
  );
  const held = <HoldNotice participant={participant} visit={visit} instrument={instrument} />;
  if (!reads || !data) return { below: () => null, around: held };
  const { fields, version, complete, mayMark } = data;
  const marks: Marks = {
    fields: new Map(fields.map((one) => [one.field, one])),
    mayMark: mayMark && complete,
    mayAsk: may('queries.open'),
    mark: (field, verified) =>
      call.mutate({ params, body: { key: newKey(), version, fields: [field], verified } }),
    ask: setAsking,
  };
  const count = (state: string) => fields.filter((one) => one.state === state).length;
  const item = asking?.startsWith('@') ? undefined : (asking ?? undefined);
  const around = (
    <>
      {held}
      <p className={`note ${css.summary}`} role="status">
        <span>
          {t('Source: {count} of {fields} verified', { count: count('verified'), fields: fields.length })}
          {count('stale') > 0 && t(', {count} changed since', { count: count('stale') })}.
          {!complete && ` ${t('Only a complete form is verified.')}`}
        </span>
        {marks.mayMark && (
          <span className="small mute">
            <kbd>J</kbd> <kbd>K</kbd> {t('move,')} <kbd>V</kbd> {t('verify,')} <kbd>Q</kbd> {t('query')}
          </span>
        )}
      </p>
      <Refusal cause={call.error} />
      <Suspense>
        {asking && (
          <OpenQuery
            participant={participant}
            about={{ visit, instrument, item }}
            onClose={() => setAsking(null)}
          />
        )}
      </Suspense>
    </>
  );
  return { below: (field) => <FieldMark marks={marks} field={field} />, around };
}
