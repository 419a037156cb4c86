import { Refused } from '../api.ts';
import { t } from '../language/t.ts';

/** What may be typed to find a person who is registered already; all of it may stay empty. */
export interface TypedIdentity {
  identifier: string;
  initials: string;
  birthDate: string | null;
}
export const noIdentity: TypedIdentity = { identifier: '', initials: '', birthDate: null };

interface Identity {
  identifier?: string;
  initials?: string;
  birthDate?: string;
  anotherPerson?: boolean;
}

/** What of it is sent; undefined when nothing was typed. */
export function identityOf(typed: TypedIdentity, anotherPerson: boolean): Identity | undefined {
  const identifier = typed.identifier.trim();
  const initials = typed.initials.trim();
  if (identifier === '' && initials === '' && typed.birthDate === null) return undefined;
  return {
    ...(identifier && { identifier }),
    ...(initials && { initials }),
    ...(typed.birthDate && { birthDate: typed.birthDate }),
    ...(anotherPerson && { anotherPerson }),
  };
}

/** Too short an identifier, and initials without a birth date or the other way round: alone they find nobody. */
export function problemsOfIdentity(typed: TypedIdentity): Partial<Record<keyof TypedIdentity, string>> {
  const identifier = typed.identifier.trim();
  const initials = typed.initials.trim();
  return {
    ...(identifier !== '' && identifier.length < 4 && { identifier: t('At least four characters.') }),
    ...(initials === '' && typed.birthDate !== null && { initials: t('Give the initials too.') }),
    ...(initials !== '' && typed.birthDate === null && { birthDate: t('Give the date of birth too.') }),
  };
}

/** Who the person may be already, and whether that is certain; null when the refusal is about something else. */
export function duplicateOf(cause: unknown): { participant: string; certain: boolean } | null {
  if (!(cause instanceof Refused) || cause.error !== 'conflict') return null;
  const current = cause.current as { participant?: unknown; certain?: unknown } | null | undefined;
  if (typeof current?.participant !== 'string' || typeof current.certain !== 'boolean') return null;
  return { participant: current.participant, certain: current.certain };
}
