import { createHmac, timingSafeEqual } from 'node:crypto';

/*
 * Time-based one-time passwords, RFC 6238, with what every authenticator app takes: SHA-1, six digits, steps of thirty
 * seconds since 1970.
 */

const STEP_SECONDS = 30;
const DIGITS = 6;

/** The number of the thirty-second step that the instant is in. */
export const stepOf = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS);

/**
 * The code of one step: HOTP of RFC 4226, § 5.3. The HMAC of the step as eight bytes, big-endian, is cut to 31 bits from
 * the byte that its last four bits point at; the code is that number modulo 10⁶.
 */
export function codeOf(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.at(-1)! & 0x0f;
  const cut = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(cut % 10 ** DIGITS).padStart(DIGITS, '0');
}

/**
 * The step that the code is of, one step before or after now at most (clocks differ; RFC 6238, § 5.2), or null. Steps
 * up to `lastStep` were used and are never taken again.
 */
export function stepOfCode(secret: Uint8Array, code: string, now: Date, lastStep: number): number | null {
  const given = Buffer.from(code);
  for (const step of [0, -1, 1].map((drift) => stepOf(now) + drift)) {
    const wanted = Buffer.from(codeOf(secret, step));
    if (step > lastStep && given.length === wanted.length && timingSafeEqual(given, wanted)) return step;
  }
  return null;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Base 32 of RFC 4648, § 6, without padding, as authenticator apps read it. */
export function base32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** The address that a QR code carries to the app. */
export function otpauthAddress(issuer: string, account: string, secret: string): string {
  const query = new URLSearchParams({ secret, issuer, algorithm: 'SHA1', digits: '6', period: '30' });
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${query}`;
}
