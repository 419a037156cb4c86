import { createContext } from 'react';
import { number } from '../language/number.ts';
import { t } from '../language/t.ts';
import type { FormPlace } from '../offline/kept.ts';

/** Where the files of the items are kept; null where a form takes none, as a second entry does. */
export const FilesPlace = createContext<Omit<FormPlace, 'entry'> | null>(null);

const typeNames: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'text/csv': 'CSV',
  'text/plain': t('plain text'),
};

/** "PDF, JPEG or PNG, at most 5 MB." */
export function limitsInWords(types: readonly string[], maxMegabytes: number): string {
  const names = types.map((type) => typeNames[type] ?? type);
  return t('{replace}, at most {maxMegabytes} MB.', {
    replace: names.join(', ').replace(/, ([^,]*)$/, ` ${t('or')} $1`),
    maxMegabytes,
  });
}

/** "812 kB", "3.4 MB". */
export const sizeInWords = (bytes: number): string =>
  bytes < 1_000_000
    ? t('{max} kB', { max: Math.max(1, Math.round(bytes / 1000)) })
    : t('{size} MB', { size: number(bytes / 1_000_000, 1) });

/** Why a chosen file can't be the answer, before it is sent; null where it can. */
export function fileProblem(
  { types, maxMegabytes }: { types: readonly string[]; maxMegabytes: number },
  { name, type, size }: { name: string; type: string; size: number },
): string | null {
  const limits = limitsInWords(types, maxMegabytes);
  if (!types.includes(type)) return t('{name} can’t be kept: this takes {limits}', { name, limits });
  if (size === 0) return t('{name} is empty. Nothing was kept.', { name });
  return size <= maxMegabytes * 1e6
    ? null
    : t('{name} has {sizeInWords}: this takes {limits}', { name, sizeInWords: sizeInWords(size), limits });
}
