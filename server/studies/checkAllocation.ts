import type { Finding } from '../documents/parse.ts';
import { oneOf, repeats } from '../documents/repeats.ts';
import type { StudyDocument } from './document.ts';
import { levelsOf } from './rules.ts';

/** Strata, and the allocation rule against arms, ratio and strata. */
export function checkAllocation(study: StudyDocument): Finding[] {
  const strata = checkStrata(study);
  return [...checkRatio(study), ...strata, ...checkRule(study, strata.length === 0)];
}

function checkRatio({ arms }: StudyDocument): Finding[] {
  const divisor = arms.map(({ ratio }) => ratio).reduce(gcd);
  if (divisor === 1) return [];
  const [written, lowest] = [1, divisor].map((by) => arms.map(({ ratio }) => ratio / by).join(':'));
  return [{ path: ['arms'], message: `Found the ratio ${written}; expected it in lowest terms, ${lowest}.` }];
}

function checkStrata({ allocation: { strata }, screening: { fields } }: StudyDocument): Finding[] {
  const findings = repeats(strata, ['allocation', 'strata'], 'id');
  const used = new Set<string>();
  for (const [index, { by }] of strata.entries()) {
    const path = ['allocation', 'strata', index, 'by'];
    const name = by === 'site' ? 'site' : `field ${by.field}`;
    if (used.has(name))
      findings.push({ path, message: `Found ${name}, which an earlier stratum is by already.` });
    used.add(name);
    if (by === 'site') continue;
    const field = fields.find(({ id }) => id === by.field);
    const at = [...path, by.cuts ? 'cuts' : 'field'];
    if (!field) {
      findings.push({
        path: [...path, 'field'],
        message: `Found “${by.field}”; expected a screening field: ${oneOf(fields.map(({ id }) => id))}.`,
      });
    } else if (field.kind === 'choice') {
      if (by.cuts)
        findings.push({
          path: at,
          message: `Found cut points; “${by.field}” is a choice, whose options are the levels.`,
        });
    } else if (!by.cuts || by.cuts.length === 0) {
      findings.push({
        path: at,
        message: `“${by.field}” is a number; expected cuts, such as [40], that divide it into levels.`,
      });
    } else {
      for (const [n, cut] of by.cuts.entries()) {
        const before = by.cuts[n - 1];
        if (before !== undefined && cut <= before) {
          findings.push({
            path: [...at, n],
            message: `Found ${cut} after ${before}; cut points must increase.`,
          });
        }
        if (cut <= field.min || cut > field.max) {
          findings.push({
            path: [...at, n],
            message: `Found ${cut}; expected more than ${field.min} and at most ${field.max}, or a level would be empty.`,
          });
        }
      }
    }
  }
  return findings;
}

function checkRule(study: StudyDocument, strataAreSound: boolean): Finding[] {
  const { rule, strata } = study.allocation;
  const path = ['allocation', 'rule'];
  const sum = study.arms.reduce((total, { ratio }) => total + ratio, 0);
  switch (rule.method) {
    case 'permuted-blocks':
      return rule.blocks.flatMap((size, index) => {
        const at = [...path, 'blocks', index];
        if (size % sum !== 0)
          return [
            {
              path: at,
              message: `Found a block of ${size}; expected a multiple of ${sum}, the sum of the ratio.`,
            },
          ];
        return rule.blocks.indexOf(size) < index
          ? [{ path: at, message: `Found ${size} twice; each size may be listed once.` }]
          : [];
      });
    case 'minimisation': {
      const findings = checkProbability(
        rule.probability,
        rule.unequal === 'pseudo-arms' ? 1 : Math.min(...study.arms.map(({ ratio }) => ratio)),
        sum,
      );
      if (strata.length === 0 && !rule.overall) {
        findings.push({
          path,
          message: 'Minimisation has nothing to balance; expected strata, or overall: true.',
        });
      }
      return findings;
    }
    case 'efron':
    case 'big-stick':
      if (study.arms.length !== 2 || sum !== 2) {
        return [
          {
            path: [...path, 'method'],
            message: `Found “${rule.method}”; it is for two arms in the ratio 1:1.`,
          },
        ];
      }
      return rule.method === 'efron' ? checkProbability(rule.probability, 1, 2) : [];
    case 'list':
      return strataAreSound ? checkList(study, rule.entries) : [];
    default:
      return [];
  }
}

/** ICH E9, section 2.3.2: no allocation may be certain; and less than its share would be no preference. */
function checkProbability(text: string, share: number, sum: number): Finding[] {
  const [numerator, denominator] = text.split('/').map(Number) as [number, number];
  const p = numerator / denominator;
  if (p < 1 && p > share / sum) return [];
  return [
    {
      path: ['allocation', 'rule', 'probability'],
      message: `Found ${text}; expected a fraction above ${share}/${sum}, the share without preference, and below 1, so that no allocation is certain.`,
    },
  ];
}

function checkList(
  study: StudyDocument,
  entries: { stratum: Record<string, string>; arm: string }[],
): Finding[] {
  const levels = new Map(
    study.allocation.strata.map((stratum) => [stratum.id, levelsOf(study, stratum).map(({ id }) => id)]),
  );
  const arms = study.arms.map(({ id }) => id);
  return entries.flatMap((entry, index) => {
    const path = ['allocation', 'rule', 'entries', index];
    const findings: Finding[] = [];
    if (!arms.includes(entry.arm))
      findings.push({
        path: [...path, 'arm'],
        message: `Found “${entry.arm}”; expected an arm: ${oneOf(arms)}.`,
      });
    for (const [factor, known] of levels) {
      const level = entry.stratum[factor];
      if (level === undefined)
        findings.push({
          path,
          message: `The entry has no “${factor}”; expected its level: ${oneOf(known)}.`,
        });
      else if (!known.includes(level)) {
        findings.push({
          path: [...path, 'stratum', factor],
          message: `Found “${level}”; expected a level: ${oneOf(known)}.`,
        });
      }
    }
    for (const factor of Object.keys(entry.stratum)) {
      if (!levels.has(factor))
        findings.push({
          path: [...path, 'stratum', factor],
          message: `Found “${factor}”; expected a stratum: ${oneOf(levels.keys())}.`,
        });
    }
    return findings;
  });
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
