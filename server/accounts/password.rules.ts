/** Long enough by count, and still among the first that anybody would try. */
const common = [
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456789012345',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  'abcdefghijkl',
  'abc123abc123',
  'administrator',
  'changemechangeme',
  'changeme1234',
  'correcthorsebatterystaple',
  'iloveyou1234',
  'letmeinletmein',
  'letmein12345',
  'passw0rd1234',
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'qwerty123456',
  'qwertyqwerty',
  'qwertyuiop123',
  'qwertyuiop12',
  'qwertyuiopas',
  'qwertyuiopasdf',
  'salasana1234',
  'salasanasalasana',
  'welcome12345',
  'welcomewelcome',
];

export const SHORTEST_PASSWORD = 12;

/**
 * Why the password is too easy to guess, in a sentence, or null. After NIST SP 800-63B § 5.1.1.2: long, not a known
 * common one, not made of the person's own name or e-mail; no rules about kinds of characters.
 */
export function passwordProblem(password: string, of: { name: string; email: string }): string | null {
  if (password.length < SHORTEST_PASSWORD) return 'A password has at least 12 characters.';
  const plain = password.toLowerCase();
  const letters = plain.replaceAll(/[\s_.-]/g, '');
  if (common.includes(letters)) return 'This password is one of the first that anybody would try.';
  if (/^(.{1,4})\1+$/.test(letters)) return 'A password is more than a few characters again and again.';
  if (isRun(letters)) return 'A password is more than characters in their order.';
  const own = [of.email.split('@')[0]!, of.email, ...of.name.split(/\s+/)]
    .map((word) => word.toLowerCase())
    .filter((word) => word.length >= 4)
    .find((word) => plain.includes(word));
  // A long one may well hold the name among other words.
  if (own !== undefined && plain.length - own.length < 8)
    return 'A password isn’t one’s own name or e-mail with a little added.';
  return null;
}

function isRun(text: string): boolean {
  const steps = new Set(
    [...text].slice(1).map((character, i) => character.charCodeAt(0) - text.charCodeAt(i)),
  );
  return steps.size === 1 && Math.abs([...steps][0]!) <= 1;
}
