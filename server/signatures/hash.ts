import { createHash } from 'node:crypto';
import { canonicalJson } from '../studies/canonical.ts';
import type { versionsOfForms } from './store.ts';

type Version = Awaited<ReturnType<typeof versionsOfForms>>[number];

/** SHA-256 (hexadecimal) of a version of a form in canonical JSON, with every column that the database keeps of it. */
export function versionHash(version: Version): string {
  return sha256({ ...version });
}

/** SHA-256 (hexadecimal) of what a signature says: who, when, what it means, and under which versions it stands. */
export function signatureHash(said: {
  participant: string;
  name: string;
  user: string;
  role: string;
  meaning: string;
  at: string;
  forms: readonly { form: string; version: number; hash: string }[];
}): string {
  return sha256(said);
}

const sha256 = (value: object): string => createHash('sha256').update(canonicalJson(value)).digest('hex');
