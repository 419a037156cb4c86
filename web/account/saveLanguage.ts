import { chooseLanguage as keep } from '../../server/accounts/sessions/contract.ts';
import { call } from '../api.ts';
import { chooseLanguage, type Language } from '../language/language.ts';

/** Keeps the language with the account, then shows it; out of reach of the server it is this device's alone. */
export async function saveLanguage(language: Language): Promise<void> {
  await call(keep, { body: { language } }).catch(() => undefined);
  chooseLanguage(language);
}
