import type { Caller } from '../services.ts';
import type { StudyView } from './contract.ts';

/** The protocol in force. An uploaded allocation list is the sequence itself, so it is never shown. */
export function viewStudy({ study }: Pick<Caller, 'study'>): StudyView {
  const { allocation } = study.document;
  const document =
    allocation.rule.method === 'list'
      ? { ...study.document, allocation: { ...allocation, rule: { method: 'simple' as const } } }
      : study.document;
  return {
    id: study.id,
    synthetic: study.synthetic,
    syntheticNote: study.syntheticNote,
    document,
    instruments: [...study.instruments.values()],
    hash: study.hash,
    activatedAt: study.activatedAt,
  };
}
