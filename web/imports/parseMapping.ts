import { parse } from 'yaml';
import type { ImportMapping } from '../../server/imports/contract.ts';
import { t } from '../language/t.ts';

/**
 * Reads a pasted mapping. YAML takes JSON too. Only that it is an object is checked here; the server holds it against
 * the study and names what is wrong.
 */
export function parseMapping(text: string): { mapping: ImportMapping } | { problem: string } {
  if (text.trim() === '') return { problem: t('Paste the mapping.') };
  try {
    const mapping: unknown = parse(text);
    if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) {
      return { problem: t('A mapping has keys such as participant and answers; this has none.') };
    }
    return { mapping: mapping as ImportMapping };
  } catch (cause) {
    return {
      problem: t('This is neither YAML nor JSON: {what}', {
        what: cause instanceof Error ? cause.message.split('\n')[0] : '',
      }),
    };
  }
}
