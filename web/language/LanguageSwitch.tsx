import { chooseLanguage, language, languages } from './language.ts';

/** The other languages, each by its own name: for pages before the sign-in. */
export function LanguageSwitch() {
  const others = Object.entries(languages).filter(([id]) => id !== language);
  return others.map(([id, name]) => (
    <button
      key={id}
      type="button"
      className="linklike small"
      lang={id}
      onClick={() => chooseLanguage(id as keyof typeof languages)}
    >
      {name}
    </button>
  ));
}
