import type { Finding } from '../documents/parse.ts';
import type { StudyDocument } from './document.ts';

/** Forms and visits of double entry that the protocol doesn't have. */
export function checkDoubleEntry({ doubleEntry, visits }: StudyDocument): Finding[] {
  if (!doubleEntry) return [];
  const forms = new Set(visits.flatMap(({ instruments }) => instruments));
  const known = new Set(visits.map(({ id }) => id));
  const unknown = (
    names: readonly string[] | undefined,
    of: ReadonlySet<string>,
    key: string,
    what: string,
  ) =>
    (names ?? []).flatMap((name, index) =>
      of.has(name)
        ? []
        : [
            {
              path: ['doubleEntry', key, index],
              message: `“${name}” is no ${what} of this study; expected one of ${[...of].join(', ')}.`,
            },
          ],
    );
  return [
    ...unknown(doubleEntry.instruments, forms, 'instruments', 'form'),
    ...unknown(doubleEntry.visits, known, 'visits', 'visit'),
  ];
}
