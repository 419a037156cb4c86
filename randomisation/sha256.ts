/**
 * SHA-256 (FIPS 180-4, section 6.2) and HMAC (FIPS 198-1, RFC 2104) in plain TypeScript. The platform's own hash
 * would do, but only outside the browser, and for messages this short its call costs several times the work: an
 * allocation makes a dozen. Tests hold this file to the published vectors and to the platform's hash.
 */
const roundConstants = Int32Array.from([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);
const initialState = Int32Array.from([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const encoder = new TextEncoder();
const schedule = new Int32Array(64);
const state = new Int32Array(8);
let message = new Uint8Array(4096);

/** A piece of a message: bytes, or text that stands for its UTF-8 bytes. */
export type Bytes = Uint8Array | string;

/** The 32-byte hash of the pieces, one after the other. */
export function sha256(...pieces: Bytes[]): Uint8Array {
  return finish(initialState, gather(pieces), 0);
}

/** An HMAC key with its two padded blocks already hashed. */
export interface HmacKey {
  inner: Int32Array;
  outer: Int32Array;
}

/** @param key of any length; a key over 64 bytes is hashed first */
export function hmacKey(key: Uint8Array): HmacKey {
  const short = key.length > 64 ? sha256(key) : key;
  return { inner: padded(short, 0x36), outer: padded(short, 0x5c) };
}

/** The 32-byte HMAC-SHA256 of the pieces, one after the other. */
export function hmac({ inner, outer }: HmacKey, ...pieces: Bytes[]): Uint8Array {
  const digest = finish(inner, gather(pieces), 64);
  message.set(digest);
  return finish(outer, 32, 64);
}

/** Bytes as hexadecimal digits, two each. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += digits[byte]!;
  return hex;
}
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** @throws RangeError unless the text is hexadecimal digits, two for each byte */
export function fromHex(hex: string): Uint8Array {
  if (!/^([0-9a-f]{2})*$/i.test(hex))
    throw new RangeError('hexadecimal digits are expected, two for each byte');
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}

function padded(key: Uint8Array, pad: number): Int32Array {
  for (let i = 0; i < 64; i++) message[i] = (key[i] ?? 0) ^ pad;
  state.set(initialState);
  compress(0);
  return state.slice();
}

/** Copies the pieces into `message`, with room for the padding. @returns their length in bytes */
function gather(pieces: readonly Bytes[]): number {
  let length = 0;
  for (const piece of pieces) {
    const most = length + (typeof piece === 'string' ? piece.length * 3 : piece.length) + 72;
    if (most > message.length) {
      const larger = new Uint8Array(2 * most);
      larger.set(message.subarray(0, length));
      message = larger;
    }
    if (typeof piece === 'string') length += encoder.encodeInto(piece, message.subarray(length)).written;
    else {
      message.set(piece, length);
      length += piece.length;
    }
  }
  return length;
}

/** Pads and hashes `message`, from a state that `before` bytes (whole blocks) have gone into. */
function finish(from: Int32Array, length: number, before: number): Uint8Array {
  const blocks = Math.ceil((length + 9) / 64);
  message.fill(0, length, blocks * 64);
  message[length] = 0x80;
  const bits = (before + length) * 8;
  let high = Math.floor(bits / 2 ** 32);
  let low = bits >>> 0;
  for (let i = 1; i <= 4; i++) {
    message[blocks * 64 - i] = low;
    message[blocks * 64 - 4 - i] = high;
    low >>>= 8;
    high >>>= 8;
  }
  state.set(from);
  for (let block = 0; block < blocks; block++) compress(block * 64);
  const digest = new Uint8Array(32);
  for (let i = 0; i < 32; i++) digest[i] = state[i >> 2]! >>> (24 - 8 * (i & 3));
  return digest;
}

/** One round of the compression function: `state` takes in the 64 bytes of `message` from `start`. */
function compress(start: number): void {
  for (let i = 0, at = start; i < 16; i++, at += 4) {
    schedule[i] =
      (message[at]! << 24) | (message[at + 1]! << 16) | (message[at + 2]! << 8) | message[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = schedule[i - 15]!;
    const y = schedule[i - 2]!;
    const sigma0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const sigma1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[i] = schedule[i - 16]! + sigma0 + schedule[i - 7]! + sigma1;
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + sum1 + ((e & f) ^ (~e & g)) + roundConstants[i]! + schedule[i]!) | 0;
    const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}
