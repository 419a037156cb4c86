/** Reads a number as it is typed on a ward: decimal comma or point, hyphen or true minus; null where it is none. */
export function readNumber(typed: string): number | null {
  const plain = typed.trim().replace('−', '-').replace(',', '.');
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}
