import { z } from 'zod';

/**
 * Texts of a document in other languages, keyed by the text itself: what stands there twice is translated once, and
 * the document reads as it did.
 */
export const translations = z
  .record(
    z.string().regex(/^[a-z]{2,3}$/, 'a language, such as fi'),
    z.record(z.string().min(1), z.string().min(1)),
  )
  .optional()
  .describe('Texts in other languages: language, then each text of this document and its translation.');
export type Translations = z.infer<typeof translations>;
