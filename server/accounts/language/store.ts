import type { Connection } from '../../db/database.ts';
import type { Language } from '../../language/language.rules.ts';

/** Keeps the language of the account. @returns whether it was another one before */
export async function setLanguage(db: Connection, id: string, language: Language): Promise<boolean> {
  const result = await db
    .updateTable('user')
    .set({ language })
    .where('id', '=', id)
    .where((is) => is.or([is('language', 'is', null), is('language', '!=', language)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
