import type { Identity } from './contract.ts';
import { termDigest, type VaultKey } from './keys.ts';
import { normalised, type TermKind } from './rules.ts';

const kinds: readonly TermKind[] = ['name', 'telephone', 'email', 'nationalIdentifier'];

/** Keyed digests of what the person can be found by. */
export function termsOf(key: VaultKey, study: string, identity: Identity): string[] {
  return kinds.flatMap((kind) => {
    const term = normalised(kind, identity[kind]);
    return term === null ? [] : [termDigest(key, study, kind, term)];
  });
}
