import type { RunView } from '../../server/analyses/runs/contract.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { stamp } from '../time.ts';
import { statuses } from './words.ts';
import css from './workbench.module.css';

interface Props {
  runs: readonly RunView[];
  shown: string | null;
  onShow: (run: RunView) => void;
}

/** Every run of the study, reported or not. */
export function History({ runs, shown, onShow }: Props) {
  return (
    <section aria-label={t('Run history')}>
      <h3>{t('Run history')}</h3>
      {runs.length === 0 && <p className="hint">{t('Nothing was run yet.')}</p>}
      <ol className={css.history}>
        {runs.map((run) => (
          <li key={run.id}>
            <button type="button" aria-current={run.id === shown} onClick={() => onShow(run)}>
              <span className={css.dot} data-plan={run.perPlan} aria-hidden />
              <b>{`${run.number} ${said(run.label)}`}</b>
              <small>
                <time dateTime={run.at}>{stamp(run.at)}</time>, {wordsOf(run)}
              </small>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function wordsOf(run: RunView): string {
  return [
    run.perPlan ? t('Per plan') : t('Exploratory'),
    run.status === 'done' ? null : statuses[run.status],
    run.analyses > 1
      ? t('{analyses, plural, one {# analysis} other {# analyses}}', { analyses: run.analyses })
      : null,
    run.sameAs?.identical ? t('same result as run {number}', { number: run.sameAs.number }) : null,
    run.mark ? (run.mark.reported ? t('reported') : t('not reported')) : null,
    run.by,
  ]
    .filter(Boolean)
    .join(', ');
}
