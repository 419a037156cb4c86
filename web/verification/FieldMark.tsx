import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { stamp } from '../time.ts';
import type { Marks } from './useFieldMarks.tsx';
import css from './verification.module.css';

const words = {
  verified: t('Verified'),
  stale: t('Changed since it was verified'),
  unverified: t('Not verified'),
};

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
        {state === 'verified' &&
          one.by &&
          one.at &&
          ` ${t('by {by}, {at}', { by: one.by, at: stamp(one.at) })}`}
        {state !== 'verified' && one.required && ` ${t('(asked for)')}`}
      </span>
      {marks.mayMark && (
        <button
          type="button"
          className="btn sm"
          data-verify={field}
          onClick={() => marks.mark(field, state !== 'verified')}
        >
          {state === 'verified' ? t('Take back') : t('Verify')}
          <span className="vh"> {said(one.label)}</span> <kbd aria-hidden>V</kbd>
        </button>
      )}
      {marks.mayAsk && (
        <button type="button" className="btn sm" data-ask={field} onClick={() => marks.ask(field)}>
          {t('Query')}
          <span className="vh"> {t('on {label}', { label: said(one.label) })}</span> <kbd aria-hidden>Q</kbd>
        </button>
      )}
    </div>
  );
}
