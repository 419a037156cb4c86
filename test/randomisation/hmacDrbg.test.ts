import { describe, expect, it } from 'vitest';
import { HmacDrbg } from '../../randomisation/index.ts';
import { fromHex, toHex } from '../../randomisation/sha256.ts';
import reference from '../reference/randomisation/hmac-drbg.json';

describe('HMAC_DRBG', () => {
  it.each(reference.vectors.map((vector, i) => [i, vector] as const))(
    'gives the second output of NIST’s CAVP vector %i',
    (_, vector) => {
      const drbg = new HmacDrbg({
        entropy: fromHex(vector.entropyInput),
        nonce: fromHex(vector.nonce),
        personalization: fromHex(vector.personalizationString),
      });
      drbg.reseed(fromHex(vector.entropyInputReseed), fromHex(vector.additionalInputReseed));
      const length = vector.returnedBits.length / 2;
      const [first, second] = vector.additionalInput;
      drbg.generate(length, fromHex(first!));
      expect(toHex(drbg.generate(length, fromHex(second!)))).toBe(vector.returnedBits);
    },
  );

  it('has vectors with and without personalisation and additional input', () => {
    const kinds = new Set(
      reference.vectors.map((v) => `${v.personalizationString !== ''} ${v.additionalInput[0] !== ''}`),
    );
    expect(kinds.size).toBe(4);
  });

  it('refuses requests larger than the standard allows', () => {
    const drbg = new HmacDrbg({ entropy: new Uint8Array(32), nonce: new Uint8Array(16) });
    expect(() => drbg.generate(65_537)).toThrow(RangeError);
    expect(() => drbg.generate(-1)).toThrow(RangeError);
    expect(drbg.generate(65_536)).toHaveLength(65_536);
  });
});
