/** What a committee's letter may come as. */
export const letterTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type LetterType = (typeof letterTypes)[number];

/** How large it may be. */
export const LETTER_MEGABYTES = 10;
