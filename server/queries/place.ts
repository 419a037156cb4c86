import { z } from 'zod';
import { identifier } from '../instruments/document.ts';

const name = z.string().nullable();
const item = z.strictObject({
  number: z.int().positive().describe('Its place in the form.'),
  label: z.string(),
});

/** What a query is about, by identifiers and in words. */
export const place = {
  visit: identifier.nullable(),
  instrument: identifier.nullable(),
  item: identifier.nullable(),
  studyVersion: z.int().describe('The protocol version that its form was begun under, or the site’s own.'),
  called: z
    .strictObject({ visit: name, instrument: name, item: item.nullable() })
    .describe('What that version calls the visit, the form and the item; null where there is none.'),
};
