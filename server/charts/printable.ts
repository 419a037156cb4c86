/**
 * Characters that XML 1.0 has no place for (section 2.2), and that words can't be measured with: pasted from elsewhere,
 * they stand in what people typed.
 */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** As JSON writes such characters, and now and then others. */
const ESCAPED = /\\[ubf]/;

/** A text, or a spec with its texts, without them; what has none is not copied. */
export function printable<T>(value: T): T {
  const text = JSON.stringify(value);
  if (!ESCAPED.test(text)) return value;
  return JSON.parse(text, (_, one) => (typeof one === 'string' ? one.replaceAll(FORBIDDEN, '') : one)) as T;
}
