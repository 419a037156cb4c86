import type { Request } from 'express';
import { askedFor, type Language } from '../language/language.rules.ts';
import type { User } from '../services.ts';

/** The language of an answer: the one that is asked for, else the one of the account, else English. */
export const languageOf = (request: Request, user: Pick<User, 'language'> | null | undefined): Language =>
  askedFor(request.get('accept-language')) ?? user?.language ?? 'en';
