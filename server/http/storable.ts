/** Nothing that the contracts ask for is nested deeper. */
const DEEPEST = 32;

/**
 * Why a part of a request can’t be kept as it is sent, or null. Both databases refuse U+0000; half of a surrogate pair
 * would be replaced on the way into them, so that what is stored is not what was hashed; a key `__proto__` would
 * vanish without a word.
 */
export function notStorable(part: unknown): string | null {
  const waiting: { value: unknown; depth: number }[] = [{ value: part, depth: 0 }];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const { value, depth } = one;
    if (typeof value === 'string') {
      const character = notText(value);
      if (character) return character;
    } else if (typeof value === 'object' && value !== null) {
      if (depth === DEEPEST) return 'is nested too deep';
      for (const [key, member] of Object.entries(value)) {
        if (key === '__proto__') return 'has a key “__proto__”, which nothing may be called';
        waiting.push({ value: key, depth }, { value: member, depth: depth + 1 });
      }
    }
  }
  return null;
}

function notText(value: string): string | null {
  if (value.includes('\u0000')) return 'holds a character that can’t be stored (U+0000)';
  if (/\p{Surrogate}/u.test(value)) return 'holds half a character (a lone surrogate), which can’t be stored';
  return null;
}
