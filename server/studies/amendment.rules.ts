import type { StudyDocument } from './document.ts';

/** What an amendment can't do, in words; null where it can be put on record. */
export function refusedAmendment(
  before: StudyDocument,
  after: StudyDocument,
  highest: number,
): string | null {
  if (after.id !== before.id)
    return `The document is of the study “${after.id}”; this is “${before.id}”, and a study’s id never changes.`;
  if (after.version <= highest)
    return `Version ${highest} is ${highest === before.version ? 'in force' : 'on record'}; an amendment has a higher number than that, not ${after.version}.`;
  const site = before.sites.find((one) => !after.sites.some(({ id }) => id === one.id));
  if (site)
    return `The amendment drops the site ${site.name}. Keep it in the document, with closed: true; its participants stay in the study.`;
  const arm = before.arms.find((one) => !after.arms.some(({ id }) => id === one.id));
  if (arm)
    return `The amendment drops the arm ${arm.short}, which participants may be in. Keep it in the document, with closed: true.`;
  const added = after.arms.find((one) => !before.arms.some(({ id }) => id === one.id));
  if (added && after.masking.results === 'masked')
    return `The amendment adds the arm ${added.short} while results stand behind letters: the new letter would be known to be its. Set masking.results to pooled.`;
  return null;
}

/**
 * What an amendment changes that can't differ between sites, in words. Such a version comes into force everywhere at
 * once: one allocation list, one set of arms and one rule for blinding serve all sites together. A site more or less,
 * or a target, is no such change.
 */
export function studyWideChanges(before: StudyDocument, after: StudyDocument): string[] {
  const differs = (of: (document: StudyDocument) => unknown): boolean =>
    JSON.stringify(of(before)) !== JSON.stringify(of(after));
  return [
    ...(differs((one) => one.arms) ? ['the arms'] : []),
    ...(differs((one) => one.allocation) ? ['how arms are allocated'] : []),
    ...(differs(stratumFields) ? ['a screening answer that the allocation uses'] : []),
    ...(differs((one) => one.masking) ? ['who is blinded'] : []),
    ...(differs((one) => one.disclosure) ? ['which small counts are hidden'] : []),
  ];
}

function stratumFields({ allocation, screening }: StudyDocument) {
  return allocation.strata.flatMap(({ by }) =>
    by === 'site' ? [] : screening.fields.filter((field) => field.id === by.field),
  );
}
