import { Link } from '@tanstack/react-router';
import { t } from '../language/t.ts';

export function NotFound() {
  return (
    <div className="empty">
      <h1>{t('There is no page here')}</h1>
      <p>{t('The address may be mistyped, or the page may belong to a study that you have no role in.')}</p>
      <Link to="/" className="btn pri">
        {t('Go to the first page')}
      </Link>
    </div>
  );
}

/** The same where no page frames it. */
export function NotFoundPage() {
  return (
    <main id="main">
      <NotFound />
    </main>
  );
}
