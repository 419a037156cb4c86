import type { Services } from '../services.ts';
import type { Study } from '../studies/study.ts';
import { today } from '../visits/today.ts';

/** `IPT-DEP-long-2026-11-23.csv`: the study's code in characters that every system takes, and the day. */
export function fileName(services: Pick<Services, 'config' | 'now'>, study: Study, kind: string): string {
  const code = study.document.code
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${code || study.id}-${kind}-${today(services)}.csv`;
}
