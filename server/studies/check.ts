import type { Finding } from '../documents/parse.ts';
import { repeats } from '../documents/repeats.ts';
import { unknownTranslations } from '../documents/translations.rules.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { checkAllocation } from './checkAllocation.ts';
import { checkDoubleEntry } from './checkDoubleEntry.ts';
import { checkExpressions } from './checkExpressions.ts';
import { checkDisclosure, checkMasking } from './checkMasking.ts';
import { checkOutcomes } from './checkOutcomes.ts';
import { checkScreening } from './checkScreening.ts';
import { checkVerification } from './checkVerification.ts';
import { checkVisits } from './checkVisits.ts';
import type { StudyDocument } from './document.ts';
import { recruiting } from './rules.ts';

/** What the schema can't say of a study: names that must exist and be unique, and numbers and days that must agree. */
export function checkStudy(
  study: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
): Finding[] {
  return [
    ...checkNames(study),
    ...checkReference(study),
    ...checkRecruitment(study),
    ...checkConsent(study),
    ...checkScreening(study),
    ...checkAllocation(recruiting(study)),
    ...checkMasking(study),
    ...checkDisclosure(study),
    ...checkVisits(study, instruments),
    ...checkDoubleEntry(study),
    ...checkOutcomes(study, instruments),
    ...checkExpressions(study, instruments),
    ...checkVerification(study, instruments),
    ...unknownTranslations(study),
  ];
}

function checkNames(study: StudyDocument): Finding[] {
  return [
    ...repeats(study.arms, ['arms'], 'id'),
    ...repeats(study.arms, ['arms'], 'short'),
    ...repeats(study.arms, ['arms'], 'name'),
    ...repeats(study.sites, ['sites'], 'id'),
    ...repeats(study.sites, ['sites'], 'code'),
    ...repeats(study.screening.exclusionReasons, ['screening', 'exclusionReasons'], 'id'),
    ...repeats(study.consent.versions, ['consent', 'versions'], 'version'),
    ...repeats(study.missing, ['missing'], 'code'),
    ...repeats(study.events, ['events'], 'id'),
    ...repeats(study.lossReasons, ['lossReasons'], 'id'),
    ...repeats(study.signatures?.meanings ?? [], ['signatures', 'meanings'], 'id'),
    ...repeats(study.verification?.rules ?? [], ['verification', 'rules'], 'id'),
  ];
}

function checkReference({ arms }: StudyDocument): Finding[] {
  const references = arms.flatMap((arm, index) => (arm.reference ? [index] : []));
  if (references.length === 0) {
    return [
      {
        path: ['arms'],
        message: 'No arm has reference: true; expected one, with which the others are compared.',
      },
    ];
  }
  return references.slice(1).map((index) => ({
    path: ['arms', index, 'reference'],
    message: `“${arms[references[0]!]!.id}” is the reference already; expected one arm with reference: true.`,
  }));
}

function checkRecruitment({ recruitment, sites }: StudyDocument): Finding[] {
  const findings: Finding[] = [];
  const { target, from, to } = recruitment;
  if (from !== undefined && to !== undefined && to <= from) {
    findings.push({
      path: ['recruitment', 'to'],
      message: `Found ${to}; expected a day after from, ${from}.`,
    });
  }
  const targets = sites.flatMap((site) => site.target ?? []);
  const sum = targets.reduce((a, b) => a + b, 0);
  if (targets.length === sites.length && sum < target) {
    findings.push({
      path: ['recruitment', 'target'],
      message: `Found ${target}; the targets of the sites add up to ${sum} only.`,
    });
  }
  return findings;
}

function checkConsent({ consent: { versions } }: StudyDocument): Finding[] {
  return versions.flatMap(({ approved }, index) => {
    const before = versions[index - 1];
    if (!before || approved >= before.approved) return [];
    return [
      {
        path: ['consent', 'versions', index, 'approved'],
        message: `Found ${approved}; expected no day before ${before.approved}, when version ${before.version} was approved. List versions from old to new.`,
      },
    ];
  });
}
