/**
 * A value as the driver binds it without loss: text, finite numbers, null, bytes; booleans as 0 or 1.
 *
 * The driver itself would bind a bigint or undefined as NULL and an object as its type's name, silently.
 *
 * @throws TypeError on anything else, on bigints beyond 2^53 − 1, and on text with U+0000, which PostgreSQL refuses too.
 */
export function bindable(value: unknown): string | number | null | Buffer {
  if (value === null || Buffer.isBuffer(value)) return value;
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new TypeError("Text with the character U+0000 can't be stored.");
    return value;
  }
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value);
  throw new TypeError(
    `A ${typeof value} can't be stored: ${String(value)}. Instants and JSON are kept as text.`,
  );
}
