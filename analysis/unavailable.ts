/** In place of numbers that can't be had: the reason, in the reader's words. Results never carry NaN. */
export interface Unavailable {
  reason: string;
}

export function isUnavailable(result: object): result is Unavailable {
  return 'reason' in result && typeof (result as Unavailable).reason === 'string';
}
