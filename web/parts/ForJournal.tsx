import { language } from '../language/language.ts';
import { t } from '../language/t.ts';

interface Props {
  english: boolean;
  onEnglish: (english: boolean) => void;
}

/** Shows text that goes into an article in English, and back; nothing where the page is in English anyway. */
export function ForJournal({ english, onEnglish }: Props) {
  if (language === 'en') return null;
  return (
    <button
      type="button"
      className="btn sm no-print"
      aria-pressed={english}
      onClick={() => onEnglish(!english)}
    >
      {t('In English, for a journal')}
    </button>
  );
}
