import type { RoleName, StudyDocument } from '../studies/document.ts';
import type { Identity, IdentityField } from './contract.ts';

const contactFields: readonly IdentityField[] = ['name', 'telephone', 'email', 'address', 'contactTimes'];
const every: readonly IdentityField[] = [...contactFields, 'birthDate', 'nationalIdentifier', 'nextOfKin'];

/** The fields that someone with these roles may see; none: not even that there is an identity. */
export function fieldsFor(document: StudyDocument, roles: readonly RoleName[]): readonly IdentityField[] {
  if (roles.includes('identity-custodian'))
    return document.identities?.nationalIdentifier === undefined
      ? every.filter((field) => field !== 'nationalIdentifier')
      : every;
  return document.identities?.coordinators && roles.includes('coordinator') ? contactFields : [];
}

/** Only these fields of the identity. */
export function shown(identity: Identity, fields: readonly IdentityField[]): Partial<Identity> {
  return Object.fromEntries(fields.map((field) => [field, identity[field]]));
}

/** Names of the fields in which two identities differ. */
export function changedFields(before: Identity, after: Identity): IdentityField[] {
  return every.filter((field) => before[field] !== after[field]);
}

export type TermKind = 'name' | 'telephone' | 'email' | 'nationalIdentifier';

/**
 * What a person can be found by, in one spelling: letters and digits in capitals without accents' composition, a
 * telephone as its last nine digits, so that 040 123 4567 and +358 40 123 4567 are one. Null: nothing to find by.
 */
export function normalised(kind: TermKind, text: string): string | null {
  if (kind === 'telephone') {
    const digits = text.replaceAll(/\D/g, '');
    return digits.length < 5 ? null : digits.replace(/^0+/, '').slice(-9);
  }
  if (kind === 'email') return text.trim().toLowerCase() || null;
  const words = text
    .normalize('NFKC')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  // Surname first or last is the same person; an identifier's parts keep their order.
  return kind === 'name' ? words.sort().join(' ') : words.join('');
}
