import { notFound } from '../errors.ts';
import type { Caller } from '../services.ts';
import { studyUnder } from './at.ts';
import type { StudyView } from './contract.ts';
import type { StudyDocument } from './document.ts';

/** The protocol under a version. */
export function viewStudy(caller: Pick<Caller, 'study'>, version?: number): StudyView {
  if (version !== undefined && !caller.study.versions.has(version))
    throw notFound(`Version ${version} of the protocol`);
  const study = studyUnder(caller.study, version ?? null);
  return {
    id: study.id,
    synthetic: study.synthetic,
    syntheticNote: study.syntheticNote,
    document: withoutSequence(study.document),
    instruments: [...study.instruments.values()],
    hash: study.hash,
    activatedAt: study.activatedAt,
    siteVersions: Object.fromEntries(study.siteVersions),
  };
}

/** An uploaded allocation list is the sequence itself, so it is never shown. */
export function withoutSequence(document: StudyDocument): StudyDocument {
  const { allocation } = document;
  return allocation.rule.method === 'list'
    ? { ...document, allocation: { ...allocation, rule: { method: 'simple' } } }
    : document;
}
