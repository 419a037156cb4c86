import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { t } from '../language/t.ts';
import css from './forms.module.css';
import type { Problem } from './problems.ts';

/** What stands in the way of "complete", each a link to its field. Takes the focus when it appears. */
export function ProblemList({
  problems,
  onOpen,
}: {
  problems: Problem[];
  onOpen(item: string | null): void;
}) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <div className={`note dng ${css.aboveSheet}`} ref={place} tabIndex={-1}>
      <IconAlertTriangle className="ic" aria-hidden />
      <div className="grow">
        <strong>
          {t('{things, plural, one {# thing} other {# things}} to settle before this form is complete.', {
            things: problems.length,
          })}
        </strong>{' '}
        {t('What you entered is kept.')}
        <ul className={css.problems}>
          {problems.map((problem) => (
            <li key={problem.message}>
              <button type="button" onClick={() => onOpen(problem.item)}>
                {problem.message}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
