import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { stamp } from '../time.ts';
import type { Marks } from './useFieldMarks.tsx';
import css from './verification.module.css';

const words = { verified: 'Verified', stale: 'Changed since it was verified', unverified: 'Not verified' };

/** Under an answer: whether it was compared with the source. J and K move over these, V verifies, Q asks. */
export function FieldMark({ marks, field }: { marks: Marks; field: string }) {
  const one = marks.fields.get(field);
  if (!one) return null;
  const { state } = one;
  const Icon = state === 'verified' ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className={css.mark} data-mark={field} data-state={state}>
      <span className={state === 'stale' ? 'st wrn' : state === 'verified' ? 'st ok' : 'small mute'}>
        {state !== 'unverified' && <Icon className="ic" aria-hidden />}
        {words[state]}
        {state === 'verified' && one.by && one.at && ` by ${one.by}, ${stamp(one.at)}`}
        {state !== 'verified' && one.required && ' (asked for)'}
      </span>
      {marks.mayMark && (
        <button
          type="button"
          className="btn sm"
          data-verify={field}
          onClick={() => marks.mark(field, state !== 'verified')}
        >
          {state === 'verified' ? 'Take back' : 'Verify'}
          <span className="vh"> {one.label}</span> <kbd aria-hidden>V</kbd>
        </button>
      )}
      {marks.mayAsk && (
        <button type="button" className="btn sm" data-ask={field} onClick={() => marks.ask(field)}>
          Query<span className="vh"> on {one.label}</span> <kbd aria-hidden>Q</kbd>
        </button>
      )}
    </div>
  );
}
