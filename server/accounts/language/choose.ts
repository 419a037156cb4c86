import type { Language } from '../../language/language.rules.ts';
import type { Services, User } from '../../services.ts';
import { logAccount } from '../log/append.ts';
import { setLanguage } from './store.ts';

/** Keeps the language of one's own interface with the account; the same again writes nothing. */
export async function chooseLanguage(services: Services, user: User, language: Language) {
  return services.db.write(async (tx) => {
    const changed = await setLanguage(tx, user.id, language);
    if (changed)
      await logAccount(tx, services.now().toISOString(), {
        action: 'language.chosen',
        by: user,
        about: user,
        detail: { language },
      });
    return { language };
  });
}
