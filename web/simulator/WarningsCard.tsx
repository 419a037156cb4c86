import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { t } from '../language/t.ts';
import css from './simulator.module.css';
import type { Outcome } from './types.ts';

/** What the study's design should be thought over for; of the others, folded. */
export function WarningsCard({ outcomes }: { outcomes: readonly Outcome[] }) {
  const own = outcomes.find(({ candidate }) => candidate.own);
  const others = outcomes.filter(({ candidate, warnings }) => !candidate.own && warnings.length > 0);
  if (!own) return null;
  return (
    <section className="card" aria-labelledby="warnings">
      <header>
        <h2 id="warnings">{t('What to think about before opening')}</h2>
      </header>
      <div className={`body ${css.warnings}`}>
        {own.warnings.length === 0 ? (
          <p className="note ok">
            <IconCircleCheck className="ic" aria-hidden />
            <span>
              {t('Nothing speaks against {label}, this study’s design, at these numbers.', {
                label: own.candidate.label,
              })}
            </span>
          </p>
        ) : (
          own.warnings.map((warning) => (
            <p key={warning} className="note wrn">
              <IconAlertTriangle className="ic" aria-hidden />
              <span>{warning}</span>
            </p>
          ))
        )}
        {others.length > 0 && (
          <details>
            <summary>{t('What speaks against the others')}</summary>
            <dl>
              {others.map(({ candidate, warnings }) => (
                <div key={candidate.id}>
                  <dt>{candidate.label}</dt>
                  <dd>{warnings.join(' ')}</dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </section>
  );
}
