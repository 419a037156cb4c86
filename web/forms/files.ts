import { createContext } from 'react';
import type { FormPlace } from '../offline/kept.ts';

/** Where the files of the items are kept; null where a form takes none, as a second entry does. */
export const FilesPlace = createContext<FormPlace | null>(null);

const typeNames: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'text/csv': 'CSV',
  'text/plain': 'plain text',
};

/** "PDF, JPEG or PNG, at most 5 MB." */
export function limitsInWords(types: readonly string[], maxMegabytes: number): string {
  const names = types.map((type) => typeNames[type] ?? type);
  return `${names.join(', ').replace(/, ([^,]*)$/, ' or $1')}, at most ${maxMegabytes} MB.`;
}

/** "812 kB", "3.4 MB". */
export const sizeInWords = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1000))} kB`
    : `${Math.round(bytes / 100_000) / 10} MB`;

/** Why a chosen file can't be the answer, before it is sent; null where it can. */
export function fileProblem(
  { types, maxMegabytes }: { types: readonly string[]; maxMegabytes: number },
  { name, type, size }: { name: string; type: string; size: number },
): string | null {
  const limits = limitsInWords(types, maxMegabytes);
  if (!types.includes(type)) return `${name} can’t be kept: this takes ${limits}`;
  if (size === 0) return `${name} is empty. Nothing was kept.`;
  return size <= maxMegabytes * 1e6 ? null : `${name} has ${sizeInWords(size)}: this takes ${limits}`;
}
