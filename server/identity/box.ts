import { randomBytes } from 'node:crypto';
import { conflict } from '../errors.ts';
import { seal, unseal } from '../randomisation/seal.ts';
import { type Identity, identity as schema } from './contract.ts';
import type { Keyring, VaultKey } from './keys.ts';

export interface Sealed {
  key_name: string;
  /** The record's own random key, sealed under the vault's. */
  sealed_key: string;
  box: string;
}

/** Binds a box to its participant, its version and the key that it is under, so that none can be put in another's place. */
const label = (what: string, participant: string, version: number, key: string): string =>
  `identity ${what}\0${participant}\0${version}\0${key}`;

/** Seals an identity with AES-256-GCM under a fresh key of its own; to destroy that key is to erase the identity. */
export function sealIdentity(
  key: VaultKey,
  participant: string,
  version: number,
  identity: Identity,
): Sealed {
  const own = randomBytes(32);
  return {
    key_name: key.name,
    sealed_key: seal(key.sealing, label('key', participant, version, key.name), own),
    box: seal(own, label('record', participant, version, key.name), Buffer.from(JSON.stringify(identity))),
  };
}

/** @throws Refused when no key of the ring has the record’s name, or the row was put together from others */
export function openBox(ring: Keyring, participant: string, version: number, sealed: Sealed): Identity {
  const key = ring.all.find(({ name }) => name === sealed.key_name);
  if (!key)
    throw conflict(
      `This identity is sealed under the key ${sealed.key_name}, which this server was not given. It is kept; ask whoever runs the server to set EQUIPOISE_IDENTITY_KEY or EQUIPOISE_IDENTITY_OLD_KEY.`,
    );
  try {
    const own = unseal(key.sealing, label('key', participant, version, key.name), sealed.sealed_key);
    const plain = unseal(own, label('record', participant, version, key.name), sealed.box);
    return schema.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    throw conflict(
      'This identity doesn’t open: what is kept of it was changed outside the platform. Tell whoever runs the server; a backup may still have it.',
    );
  }
}
