import { locale } from './language.ts';

/** A number for the eye: 12,345.6 in English, 12 345,6 in Finnish. At most `digits` decimals. */
export const number = (value: number, digits = 3): string =>
  value.toLocaleString(locale, { maximumFractionDigits: digits });

/** A number with as many decimals as are asked for: 3.10, in Finnish 3,10. No separator of thousands. */
export const decimal = (value: number, digits: number): string =>
  value.toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  });

/** A number that is text already, “12.50”, with the decimal mark of the language. */
export const inWords = (digits: string): string =>
  locale === 'fi-FI' ? digits.replace(/(?<=\d)\.(?=\d)/, ',') : digits;

/** A percentage, for numbers that are written already: “42%”, in Finnish “42 %”. */
export const inPercent = (digits: string | number): string =>
  locale === 'fi-FI' ? `${inWords(String(digits))}\u00a0%` : `${digits}%`;
