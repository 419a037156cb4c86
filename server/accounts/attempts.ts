/** Wrong passwords that one account and one address may send in a minute. */
const WINDOW_MS = 60_000;
const FOR_ACCOUNT = 10;
const FOR_ADDRESS = 100;
/** Beyond it, whoever was counted first is forgotten. */
const KEPT = 20_000;

interface Count {
  since: number;
  failed: number;
}

/**
 * Counts sign-ins that failed, so that passwords can't be tried out. An attempt counts when it begins, so that many at
 * once don't slip through, and is taken back when it succeeds.
 */
export class SignInAttempts {
  readonly #counts = new Map<string, Count>();

  /** Whether one more may be made now; if so it is counted. */
  begin(email: string, address: string, now: Date): boolean {
    const at = now.getTime();
    const account = this.#count(accountKey(email), at);
    const from = this.#count(addressKey(address), at);
    if (account.failed >= FOR_ACCOUNT || from.failed >= FOR_ADDRESS) return false;
    account.failed += 1;
    from.failed += 1;
    return true;
  }

  /** The password was right. */
  succeeded(email: string, address: string): void {
    this.#counts.delete(accountKey(email));
    const from = this.#counts.get(addressKey(address));
    if (from && from.failed > 0) from.failed -= 1;
  }

  #count(key: string, at: number): Count {
    const known = this.#counts.get(key);
    if (known && Math.abs(at - known.since) < WINDOW_MS) return known;
    const fresh = { since: at, failed: 0 };
    this.#counts.delete(key);
    this.#counts.set(key, fresh);
    if (this.#counts.size > KEPT) this.#counts.delete(this.#counts.keys().next().value!);
    return fresh;
  }
}

const accountKey = (email: string) => `account ${email.toLowerCase()}`;
const addressKey = (address: string) => `address ${address}`;
