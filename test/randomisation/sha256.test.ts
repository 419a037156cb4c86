import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, hmac, hmacKey, sha256, toHex } from '../../randomisation/sha256.ts';

describe('SHA-256', () => {
  // FIPS 180-2, appendix B, and the hash of the empty message from NIST's SHA-256 vectors.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
  ])('gives the published hash of “%.10s”', (message, expected) => {
    expect(toHex(sha256(message))).toBe(expected);
  });

  it('agrees with the platform for any pieces, whatever their lengths and alphabet', () => {
    const piece = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 80 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const ours = toHex(sha256(...pieces));
        expect(ours).toBe(
          pieces.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex'),
        );
      }),
    );
  });
});

describe('HMAC-SHA256', () => {
  // RFC 4231, test cases 1, 2, 3 and 6.
  it.each([
    ['0b'.repeat(20), '4869205468657265', 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [
      '4a656665',
      '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
    [
      'aa'.repeat(131),
      '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ])('gives the published code for the key %.8s…', (key, message, expected) => {
    expect(toHex(hmac(hmacKey(fromHex(key)), fromHex(message)))).toBe(expected);
  });

  it.each([0, 55, 56, 63, 64, 65, 119, 120, 128])(
    'agrees with the platform at the edge of a block: %i bytes',
    (length) => {
      const bytes = new Uint8Array(length).fill(0xa5);
      expect(toHex(hmac(hmacKey(bytes), bytes))).toBe(
        createHmac('sha256', bytes).update(bytes).digest('hex'),
      );
      expect(toHex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
    },
  );

  it('agrees with the platform for any key and message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 150 }), fc.uint8Array({ maxLength: 300 }), (key, message) => {
        expect(toHex(hmac(hmacKey(key), message))).toBe(
          createHmac('sha256', key).update(message).digest('hex'),
        );
      }),
    );
  });
});

describe('hexadecimal', () => {
  it('refuses what is not whole bytes', () => {
    expect(() => fromHex('abc')).toThrow(RangeError);
    expect(() => fromHex('zz')).toThrow(RangeError);
  });
});
