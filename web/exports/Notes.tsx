import { t } from '../language/t.ts';
import { useSessionStudy } from '../session.ts';
import css from './exports.module.css';

/** What a reader of the files should know, and the way to them without a browser. */
export function Notes({ study }: { study: string }) {
  const blinded = useSessionStudy()?.blinded;
  return (
    <aside className={css.rail} aria-label={t('About the files')}>
      <section className="card">
        <header>
          <h2>{t('What the files keep')}</h2>
        </header>
        <div className="body stack tight">
          <p>
            {t(
              'Missing answers carry their reason in a column of its own; a prorated score carries its flag. Nothing is imputed.',
            )}
          </p>
          <p>
            {blinded
              ? t('Your role is blinded: the files have no arm.')
              : t(
                  'Your role sees arms: the files have a column for the arm. Keep them where blinded people do not read.',
                )}
          </p>
        </div>
      </section>
      <section className="card">
        <header>
          <h2>{t('From the command line')}</h2>
        </header>
        <div className="body">
          <p>{t('The same files without a browser, for a script or a schedule on the server:')}</p>
          <pre className={css.command}>{`node bin/equipoise.mjs export long \\
  --study ${study} --out long.csv`}</pre>
        </div>
      </section>
    </aside>
  );
}
