import { canonicalDesign } from './canonical.ts';
import type { Design } from './design.ts';
import { HmacDrbg } from './hmacDrbg.ts';
import { fromHex, hmac, hmacKey, sha256, toHex } from './sha256.ts';

const encoder = new TextEncoder();

/** SHA-256 of the canonical design in UTF-8, as 64 hexadecimal digits. */
export function designHash(design: Design): string {
  return toHex(sha256(canonicalDesign(design)));
}

/**
 * What is published before the first participant: C = SHA-256("commit-v1" ‖ s ‖ designHash), in hexadecimal. It
 * tells nothing about s, and no other s fits it later.
 * @param secret s, 32 bytes from the system's secure generator
 * @param design the design's hash in hexadecimal; its 32 bytes are hashed
 */
export function commitment(secret: Uint8Array, design: string): string {
  return toHex(sha256('commit-v1', checked(secret), hash(design)));
}

/**
 * The seed of all generators of an epoch: HMAC-SHA256(s, beacon ‖ designHash), 32 bytes.
 * @param beacon a public value that was named before it existed (a drand round, a NIST pulse), so that whoever
 *   chose s couldn't choose the sequence; nothing when none was named
 */
export function seedFor(secret: Uint8Array, design: string, beacon?: Uint8Array): Buffer {
  return Buffer.from(hmac(hmacKey(checked(secret)), beacon ?? '', hash(design)));
}

/**
 * The generator of one allocation and of no other. It depends on the seed, the study, the epoch and the
 * allocation's index alone: never on a participant's ID, which staff could try out, and never on what was drawn
 * before, so that a crash or a retry can't roll the dice again.
 * @param epoch from 1, @param index from 1, the allocation's number in the study; both go in as 8 bytes, big-endian
 * @param label sets another sequence apart, such as "emergency"; it stands before the numbers
 */
export function generatorFor(
  seed: Uint8Array,
  study: string,
  epoch: number,
  index: number,
  label = '',
): HmacDrbg {
  const place = position(epoch, index);
  return new HmacDrbg({
    entropy: seed,
    nonce: encoder.encode(study),
    personalization: label === '' ? place : Uint8Array.of(...encoder.encode(label), ...place),
  });
}

/** epoch ‖ index, 8 bytes each, big-endian. */
export function position(epoch: number, index: number): Uint8Array {
  const bytes = new Uint8Array(16);
  for (let i = 7, e = epoch, n = index; i >= 0; i--) {
    bytes[i] = e % 256;
    bytes[8 + i] = n % 256;
    e = Math.floor(e / 256);
    n = Math.floor(n / 256);
  }
  return bytes;
}

function checked(secret: Uint8Array): Uint8Array {
  if (secret.length !== 32) throw new RangeError('the secret must be 32 bytes');
  return secret;
}

function hash(hex: string): Uint8Array {
  if (!/^[0-9a-f]{64}$/.test(hex)) throw new RangeError('a design hash is 64 hexadecimal digits');
  return fromHex(hex);
}
