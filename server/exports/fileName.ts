import type { Services } from '../services.ts';
import { fileCode } from '../studies/fileCode.ts';
import type { Study } from '../studies/study.ts';
import { today } from '../visits/today.ts';

/** `IPT-DEP-long-2026-11-23.csv`: the study's code in characters that every system takes, and the day. */
export function fileName(services: Pick<Services, 'config' | 'now'>, study: Study, kind: string): string {
  return `${fileCode(study)}-${kind}-${today(services)}.csv`;
}
