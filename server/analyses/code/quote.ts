/** A text as an R string. */
export const quote = (text: string): string => JSON.stringify(text);

/** Texts as an R vector. */
export const vector = (values: readonly string[]): string => `c(${values.map(quote).join(', ')})`;

/** Pairs of arms as an R list. */
export const pairs = (treatments: readonly (readonly [string, string])[]): string =>
  `list(${treatments.map((pair) => vector(pair)).join(', ')})`;
