import type { Study } from './study.ts';

/** How names of files begin: the study’s code in characters that every system and every header takes, else its id. */
export function fileCode({ id, document }: Pick<Study, 'id' | 'document'>): string {
  const code = document.code
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return code || id;
}
