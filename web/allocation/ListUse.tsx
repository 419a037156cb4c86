import { IconAlertTriangle } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import { stratumWords } from '../parts/naming.ts';
import { useStudyView } from '../session.ts';
import css from './allocation.module.css';
import type { DesignView } from './types.ts';

type Use = NonNullable<DesignView['listUse']>[number];

const words: Record<string, string> = { alert: t('Extend soon'), exhausted: t('Used up') };

/** How far an uploaded list is used up; from 80 % on it says so, and a used-up stratum refuses its next participant. */
export function ListUse({ use }: { use: readonly Use[] }) {
  const view = useStudyView();
  const due = use.filter(({ level }) => level !== 'enough');
  return (
    <section className="card" aria-labelledby="list-use">
      <header>
        <h2 id="list-use">{t('Use of the list')}</h2>
      </header>
      <div className={`body ${css.rail}`}>
        {due.length > 0 && (
          <p className="note wrn">
            <IconAlertTriangle className="ic" aria-hidden />
            <span>
              {due.length === 1 ? t('A stratum has') : t('{due} strata have', { due: due.length })}{' '}
              {t(
                'used 80% or more of the list. Extend it by an amendment: a used-up list randomises nobody.',
              )}
            </span>
          </p>
        )}
        <dl className={css.uses}>
          {use.map(({ stratum, used, lines, level }) => (
            <div key={stratum}>
              <dt>{stratum === '' ? t('All participants') : stratumWords(view, stratum)}</dt>
              <dd>
                {words[level] && <span className="st wrn">{words[level]}</span>}
                {t('{used} of {lines}', { used, lines })}
              </dd>
              <span className="bar" aria-hidden>
                <i style={{ width: `${(100 * used) / Math.max(lines, 1)}%` }} />
              </span>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
