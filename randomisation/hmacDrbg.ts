import { type HmacKey, hmac, hmacKey } from './sha256.ts';

const empty = new Uint8Array(0);
const rounds = [Uint8Array.of(0), Uint8Array.of(1)];
const zeroKey = hmacKey(new Uint8Array(32));
/** Requests after which a reseed is due; SP 800-90A Rev. 1, table 2. */
const reseedInterval = 2 ** 48;
/** Most bytes in one request (2^19 bits); the same table. */
const requestLimit = 2 ** 16;

/**
 * HMAC_DRBG with SHA-256, a deterministic generator of random bytes: NIST SP 800-90A Rev. 1, section 10.1.2. The
 * state is a key K and a value V of 32 bytes each; output is V = HMAC(K, V), again and again, and after each
 * request K and V are renewed, so that a later state doesn't tell earlier output. No prediction resistance.
 */
export class HmacDrbg {
  #key: HmacKey = zeroKey;
  #value: Uint8Array = new Uint8Array(32).fill(1);
  #requests = 1;
  /** The renewal after a request waits until the generator is used again: output is the same, single use is cheap. */
  #pending: Uint8Array | undefined;

  /** Instantiates (10.1.2.3): K = 0…, V = 1…, then an update with entropy ‖ nonce ‖ personalisation. */
  constructor(seed: { entropy: Uint8Array; nonce: Uint8Array; personalization?: Uint8Array }) {
    this.#update([seed.entropy, seed.nonce, seed.personalization ?? empty]);
  }

  /** Mixes fresh entropy in (10.1.2.4). */
  reseed(entropy: Uint8Array, additional: Uint8Array = empty): void {
    this.#settle();
    this.#update([entropy, additional]);
    this.#requests = 1;
  }

  /**
   * The next bytes (10.1.2.5).
   * @param length 0 to 65,536 bytes
   * @param additional further input, mixed in before and after
   * @throws RangeError when more is asked for in one request than the standard allows, or a reseed is due
   */
  generate(length: number, additional: Uint8Array = empty): Uint8Array {
    if (!(Number.isInteger(length) && length >= 0 && length <= requestLimit)) {
      throw new RangeError(`a request must be for 0 to ${requestLimit} bytes`);
    }
    if (this.#requests > reseedInterval) throw new RangeError('the generator must be reseeded');
    this.#settle();
    if (additional.length > 0) this.#update([additional]);
    const output = new Uint8Array(length);
    for (let at = 0; at < length; at += 32) {
      this.#value = hmac(this.#key, this.#value);
      output.set(this.#value.subarray(0, Math.min(32, length - at)), at);
    }
    this.#pending = additional;
    this.#requests += 1;
    return output;
  }

  #settle(): void {
    if (!this.#pending) return;
    this.#update([this.#pending]);
    this.#pending = undefined;
  }

  /** HMAC_DRBG_Update (10.1.2.2); the second round is left out when there is no provided data. */
  #update(provided: Uint8Array[]): void {
    const present = provided.some((part) => part.length > 0);
    for (const round of present ? [0, 1] : [0]) {
      this.#key = hmacKey(hmac(this.#key, this.#value, rounds[round]!, ...provided));
      this.#value = hmac(this.#key, this.#value);
    }
  }
}
