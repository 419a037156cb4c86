/** Aino Korhonen → AK; one word gives its first two letters. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? words[0]!.charAt(0) + words.at(-1)!.charAt(0) : name.trim().slice(0, 2);
  return letters.toUpperCase();
}
