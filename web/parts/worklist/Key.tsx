import { t } from '../../language/t.ts';
/** What the window bars are made of, and the keys of this page. */
export function Key() {
  return (
    <section className="small mute bar-key only-wide" aria-label={t('Key to the window bars')}>
      <div className="marks">
        <span>
          <svg width="20" height="10" aria-hidden="true">
            <rect className="wn" width="20" height="10" rx="3" />
          </svg>
          {t('window')}
        </span>
        <span>
          <svg width="4" height="12" aria-hidden="true">
            <path className="tg" d="M2 0v12" />
          </svg>
          {t('target day')}
        </span>
        <span>
          <svg width="10" height="10" aria-hidden="true">
            <circle className="bk" cx="5" cy="5" r="4.5" />
          </svg>
          {t('booked or seen')}
        </span>
      </div>
      <div className="keys">
        <span>
          <kbd>J</kbd>
          <kbd>K</kbd>
          {t('move')}
        </span>
        <span>
          <kbd>Enter</kbd>
          {t('open')}
        </span>
        <span>
          <kbd>?</kbd>
          {t('all keys')}
        </span>
      </div>
    </section>
  );
}
