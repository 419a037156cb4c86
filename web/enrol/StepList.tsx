import { IconCheck, IconX } from '@tabler/icons-react';
import type { ParticipantView } from '../../server/participants/contract.ts';
import type { Readiness } from '../../server/randomisation/contract.ts';
import { t } from '../language/t.ts';
import css from './enrol.module.css';
import { isDone, type Step, stepNote, steps, stepTitle } from './steps.ts';

interface Props {
  person: ParticipantView | undefined;
  readiness: Readiness | undefined;
  current: Step;
  shown: Step;
  onShow(step: Step): void;
}

/** The six steps with what came of each; a step that is done can be looked at again. */
export function StepList({ person, readiness, current, shown, onShow }: Props) {
  return (
    <nav aria-label={t('Steps')} className={css.steps}>
      <ol>
        {steps.map((step, index) => {
          const done = isDone(step, current, person);
          const closed = step === current && person?.status === 'excluded';
          const open = done || step === current;
          const mark = closed ? (
            <IconX className="ic" aria-hidden />
          ) : done ? (
            <IconCheck className="ic" aria-hidden />
          ) : (
            index + 1
          );
          const inner = (
            <>
              <span className={css.dot}>{mark}</span>
              <b>{stepTitle[step]}</b>
              <span className={css.stepNote}>{stepNote(step, person, readiness)}</span>
            </>
          );
          return (
            <li
              key={step}
              aria-current={step === shown ? 'step' : undefined}
              data-done={done || undefined}
              data-closed={closed || undefined}
            >
              {open ? (
                <button type="button" onClick={() => onShow(step)}>
                  {inner}
                </button>
              ) : (
                <span className={css.later}>{inner}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
