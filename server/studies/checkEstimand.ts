import { analysisFindings } from '../analyses/check.ts';
import { planOfStudy } from '../analyses/study/plan.ts';
import type { Finding } from '../documents/parse.ts';
import { oneOf } from '../documents/repeats.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { EstimandDefinition, OutcomeDefinition, StudyDocument } from './document.ts';

const summaries: Record<OutcomeDefinition['kind'], EstimandDefinition['summary'][]> = {
  response: ['risk-difference', 'risk-ratio', 'odds-ratio', 'number-needed', 'association'],
  threshold: ['risk-difference', 'risk-ratio', 'odds-ratio', 'number-needed', 'association'],
  change: ['mean-difference', 'shift', 'standardised-difference', 'association'],
};

/** One planned or chosen analysis against the study that it is of. */
export function checkEstimand(
  study: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
  estimand: EstimandDefinition,
  path: PropertyKey[],
): Finding[] {
  const findings: Finding[] = [];
  const arms = study.arms.map(({ id }) => id);
  const pairs = new Set<string>();
  for (const [index, pair] of estimand.treatments.entries()) {
    const at = [...path, 'treatments', index];
    for (const [n, arm] of pair.entries()) {
      if (!arms.includes(arm))
        findings.push({ path: [...at, n], message: `Found “${arm}”; expected an arm: ${oneOf(arms)}.` });
    }
    if (pair[0] === pair[1])
      findings.push({ path: at, message: `Found “${pair[0]}” against itself; expected two arms.` });
    const name = [...pair].sort().join(' ');
    if (pairs.has(name))
      findings.push({ path: at, message: `${pair[0]} and ${pair[1]} are compared already.` });
    pairs.add(name);
  }
  const outcome = study.outcomes.find(({ id }) => id === estimand.outcome);
  if (!outcome) {
    findings.push({
      path: [...path, 'outcome'],
      message: `Found “${estimand.outcome}”; expected an outcome: ${oneOf(study.outcomes.map(({ id }) => id))}.`,
    });
  } else if (!summaries[outcome.kind].includes(estimand.summary)) {
    findings.push({
      path: [...path, 'summary'],
      message: `Found “${estimand.summary}”; a ${outcome.kind} is summarised by ${oneOf(summaries[outcome.kind])}.`,
    });
  }
  const how = typeof estimand.missing === 'string' ? estimand.missing : null;
  if (outcome?.kind === 'change' && how === 'non-response') {
    findings.push({
      path: [...path, 'missing'],
      message: 'Found “non-response”; it is for a yes-or-no outcome, and this one is a change.',
    });
  }
  if (outcome && outcome.kind !== 'change' && how === 'likelihood') {
    findings.push({
      path: [...path, 'missing'],
      message: `Found “likelihood”; it is for a change, and this outcome is a ${outcome.kind}.`,
    });
  }
  findings.push(...checkTimes(study, estimand, outcome, path));
  const isSettled = findings.length === 0 && study.visits.some(({ baseline }) => baseline);
  return isSettled ? checkMethod(study, instruments, estimand, path) : findings;
}

/** Estimator, missing-data method and adjustment, by the same rules as an analysis plan’s. */
function checkMethod(
  document: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
  estimand: EstimandDefinition,
  path: PropertyKey[],
): Finding[] {
  const plan = planOfStudy({ document, instruments }, [estimand], { reason: '' });
  return analysisFindings(plan, plan.analyses[0]!, 0).map((finding) => {
    // analyses, index, estimand, … in a plan; in a study the estimand’s attributes stand beside the estimator.
    const [first, ...rest] = finding.path.slice(2).filter((part) => part !== 'estimand');
    const inOneWord = first === 'missing' && typeof estimand.missing === 'string';
    const place = first === undefined ? [] : first === 'variable' ? ['outcome'] : [first, ...rest];
    return { ...finding, path: [...path, ...(inOneWord ? ['missing'] : place)] as Finding['path'] };
  });
}

function checkTimes(
  { visits, events }: StudyDocument,
  estimand: EstimandDefinition,
  outcome: OutcomeDefinition | undefined,
  path: PropertyKey[],
): Finding[] {
  const findings: Finding[] = [];
  const isBalance = estimand.estimator?.method === 'balance';
  const fitting = visits.filter(
    (visit) => visit.baseline === isBalance && (!outcome || visit.instruments.includes(outcome.instrument)),
  );
  const expected = `expected a visit ${isBalance ? 'at' : 'after'} baseline with the outcome’s instrument: ${oneOf(fitting.map(({ id }) => id))}`;
  const { visit, visits: several } = estimand;
  if (visit === undefined && several === undefined)
    findings.push({ path, message: `No visit is named; ${expected}.` });
  if (visit !== undefined && several !== undefined)
    findings.push({ path: [...path, 'visits'], message: 'Give visit or visits, not both.' });
  const named: [PropertyKey[], string][] = [
    ...(visit === undefined ? [] : [[['visit'], visit] as [PropertyKey[], string]]),
    ...(several ?? []).map((id, index): [PropertyKey[], string] => [['visits', index], id]),
  ];
  for (const [place, id] of named) {
    if (!fitting.some((one) => one.id === id))
      findings.push({ path: [...path, ...place], message: `Found “${id}”; ${expected}.` });
    if (named.find((one) => one[1] === id)![0] !== place)
      findings.push({ path: [...path, ...place], message: `${id} is named already.` });
  }
  if (estimand.population === 'started-treatment' && !events.some(({ kind }) => kind === 'treatment-start')) {
    findings.push({
      path: [...path, 'population'],
      message:
        'Found “started-treatment”; expected an event of kind treatment-start, by which it is known who did.',
    });
  }
  const seen = new Set<string>();
  for (const [index, { event }] of estimand.intercurrent.entries()) {
    const at = [...path, 'intercurrent', index, 'event'];
    const known = events
      .filter(({ kind }) => kind === 'intercurrent' || kind === 'withdrawal' || kind === 'death')
      .map(({ id }) => id);
    if (!known.includes(event))
      findings.push({
        path: at,
        message: `Found “${event}”; expected an intercurrent event: ${oneOf(known)}.`,
      });
    else if (seen.has(event))
      findings.push({ path: at, message: `Found “${event}” twice; each event has one strategy.` });
    seen.add(event);
  }
  return findings;
}
