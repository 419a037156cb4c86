import type { StudyDocument } from './document.ts';
import type { ProtocolVersion, Study } from './study.ts';

/**
 * What is one for the whole study, whatever version a site works under: people are allocated by one design, and
 * compared by one plan. All else (visits, instruments, eligibility, consent, events) is the site's own version's.
 */
export const studyWide = [
  'title',
  'short',
  'arms',
  'allocation',
  'sites',
  'recruitment',
  'masking',
  'disclosure',
  'bands',
  'doubleEntry',
  'outcomes',
  'estimands',
] as const satisfies readonly (keyof StudyDocument)[];

/** The study as a site works under it: the version that is active there, with what is study-wide of the newest. */
export function studyAt(study: Study, site: string): Study {
  return studyUnder(study, study.siteVersions.get(site) ?? study.version);
}

/** The study under a version: what a form that was begun under it is shown and checked by. */
export function studyUnder(study: Study, number: number | null): Study {
  const version = number === null || number === study.version ? undefined : study.versions.get(number);
  return version ? { ...study, ...version, document: joined(version, study.document) } : study;
}

/** A caller whose study is as of a site. */
export function callerAt<C extends { study: Study }>(caller: C, site: string): C {
  const study = studyAt(caller.study, site);
  return study === caller.study ? caller : { ...caller, study };
}

const known = new WeakMap<StudyDocument, WeakMap<StudyDocument, StudyDocument>>();

/** Documents are read once and never change, so that each pair is joined once. */
function joined({ document }: ProtocolVersion, newest: StudyDocument): StudyDocument {
  let pairs = known.get(document);
  if (!pairs) {
    pairs = new WeakMap();
    known.set(document, pairs);
  }
  let whole = pairs.get(newest);
  if (!whole) {
    whole = { ...document, ...Object.fromEntries(studyWide.map((key) => [key, newest[key]])) };
    pairs.set(newest, whole);
  }
  return whole;
}
