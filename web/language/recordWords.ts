import { recordNames } from './catalogue.ts';

const own = (words: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;

/** What a record or a request calls a field, in words: `assessedOn` is “assessed on”, “arviointipäivä”. */
export const fieldInWords = (field: string): string =>
  own(recordNames.fields, field) ??
  field
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();

/** Where a field is, in words: “content, onset”; a place in a list by its number, counted from 1. */
export const pathInWords = (path: string): string =>
  path
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : fieldInWords(part)))
    .join(', ');

/** A state, a kind or a yes or no, in words; what isn’t one stays as it is. */
export const stateInWords = (state: string): string => own(recordNames.states, state) ?? state;
