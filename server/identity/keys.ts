import { createHash, createHmac, hkdfSync } from 'node:crypto';
import type { Config } from '../config.ts';

/** A key that identities are sealed under, with a name that says nothing of it. */
export interface VaultKey {
  name: string;
  sealing: Buffer;
  /** For the digests that people are found by. */
  finding: Buffer;
}

/** All keys that can open records: the one in use first. */
export interface Keyring {
  current: VaultKey;
  all: readonly VaultKey[];
}

type Keys = Pick<Config, 'key' | 'identityKey' | 'identityOldKey'>;

/**
 * The keys of the environment. Each master key gives two by HKDF-SHA256 (RFC 5869), one to seal with and one to find
 * with. Without a key of its own the vault's master key is derived from the server's, which opens older records too.
 */
export function keyringOf({ key, identityKey, identityOldKey }: Keys): Keyring {
  const derived = derive(key, 'equipoise identity master');
  const masters = [identityKey, identityOldKey, derived].filter((one) => one !== undefined);
  const all = masters
    .map(vaultKey)
    .filter((one, at, list) => list.findIndex(({ name }) => name === one.name) === at);
  return { current: all[0]!, all };
}

function vaultKey(master: Buffer): VaultKey {
  const finding = derive(master, 'equipoise identity finding');
  return {
    name: createHash('sha256').update(derive(master, 'equipoise identity name')).digest('hex').slice(0, 16),
    sealing: derive(master, 'equipoise identity sealing'),
    finding,
  };
}

const derive = (from: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', from, Buffer.alloc(0), purpose, 32));

/** HMAC-SHA256 of a normalised term, for one study alone, in hexadecimal. */
export function termDigest({ finding }: VaultKey, study: string, kind: string, term: string): string {
  return createHmac('sha256', finding).update(`${study}\0${kind}\0${term}`).digest('hex');
}
