import { useEffect } from 'react';
import type { Session } from '../../server/accounts/contract.ts';
import { chooseLanguage as keep } from '../../server/accounts/sessions/contract.ts';
import { call } from '../api.ts';
import { chooseLanguage, chosenHere } from '../language/language.ts';

/** Shows the language of the account; one chosen by hand before the sign-in becomes it where there is none yet. */
export function useOwnLanguage(session: Session | undefined): void {
  const own = session?.user.language;
  useEffect(() => {
    if (own === undefined) return;
    const here = chosenHere();
    if (own !== null) chooseLanguage(own);
    else if (here !== null) void call(keep, { body: { language: here } }).catch(() => undefined);
  }, [own]);
}
