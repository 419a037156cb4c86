import type { Auth } from '../../server/accounts/auth.ts';

/** Password → its hash, and hash + password → whether they belong together, for all tests of this process. */
const hashes = new Map<string, Promise<string>>();
const verdicts = new Map<string, Promise<boolean>>();

/** scrypt is slow on purpose: tests hash each password once, and compare each with its real hash once. */
export async function hashOnce(auth: Auth): Promise<void> {
  const { password } = await auth.$context;
  const hash = password.hash.bind(password);
  const verify = password.verify.bind(password);
  password.hash = (text) => once(hashes, text, () => hash(text));
  password.verify = (pair) => once(verdicts, `${pair.hash} ${pair.password}`, () => verify(pair));
}

function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}
