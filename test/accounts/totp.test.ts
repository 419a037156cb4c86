import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { base32, codeOf, otpauthAddress, stepOf, stepOfCode } from '../../server/accounts/factor/totp.ts';

/** RFC 6238, appendix B, SHA-1, the last six of its eight digits. */
const published = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
] as const;
const secret = Buffer.from('12345678901234567890');

test.each(published)('at %i seconds the code is the one that RFC 6238 publishes', (seconds, code) => {
  expect(codeOf(secret, stepOf(new Date(seconds * 1000)))).toBe(code);
});

/** RFC 4648, § 10, without padding. */
test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('base 32 of “%s” is %s', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded);
});

test('an authenticator of other hands reads the address and shows the same codes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 20, maxLength: 20 }),
      fc.integer({ min: 0, max: 4_000_000_000 }),
      (bytes, seconds) => {
        const text = base32(bytes);
        const other = new TOTP({ secret: Secret.fromBase32(text), digits: 6, period: 30 });
        const now = new Date(seconds * 1000);
        expect(codeOf(bytes, stepOf(now))).toBe(other.generate({ timestamp: now.getTime() }));
      },
    ),
  );
  const address = new URL(otpauthAddress('Equipoise', 'a b@example.org', 'MZXW6YTBOI'));
  expect(address.protocol).toBe('otpauth:');
  expect(decodeURIComponent(address.pathname)).toContain('Equipoise:a b@example.org');
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    secret: 'MZXW6YTBOI',
    issuer: 'Equipoise',
  });
});

test('a code is taken one step before and after, not two, and never a second time', () => {
  const now = new Date(1_111_111_111_000);
  const step = stepOf(now);
  for (const [drift, taken] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const) {
    const code = codeOf(secret, step + drift);
    expect(stepOfCode(secret, code, now, 0), `drift ${drift}`).toBe(taken ? step + drift : null);
  }
  expect(stepOfCode(secret, codeOf(secret, step), now, step)).toBeNull();
  expect(stepOfCode(secret, codeOf(secret, step - 1), now, step)).toBeNull();
  expect(stepOfCode(secret, codeOf(secret, step + 1), now, step)).toBe(step + 1);
  expect(stepOfCode(secret, '12345', now, 0)).toBeNull();
});
