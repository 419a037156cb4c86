import { t } from '../language/t.ts';
import { useLate } from '../parts/Late.tsx';
import css from './results.module.css';

/** The page's cards in their own heights, once reading takes longer than 300 ms. */
export function ResultsSkeleton() {
  const late = useLate();
  const cards = [
    { id: 'flow', span: css.full, height: 80 },
    { id: 'response', span: css.five, height: 180 },
    { id: 'differences', span: css.seven, height: 180 },
    { id: 'change', span: css.five, height: 180 },
    { id: 'recruitment', span: css.four, height: 180 },
    { id: 'completeness', span: css.third, height: 180 },
  ];
  return (
    <div role="status" aria-label={t('Loading the results')} aria-busy="true" hidden={!late}>
      <div className={`head ${css.head}`}>
        <span className="skel" style={{ width: 220, height: 44 }} />
      </div>
      <div className={css.grid}>
        {cards.map(({ id, span, height }) => (
          <div key={id} className={`card ${span} ${css.ghostCard}`}>
            <span className="skel" style={{ width: 140, height: 14 }} />
            <span className="skel" style={{ height }} />
          </div>
        ))}
      </div>
    </div>
  );
}
