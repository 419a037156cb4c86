import type { Finding } from '../documents/parse.ts';
import { oneOf, repeats } from '../documents/repeats.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { EstimandDefinition, OutcomeDefinition, StudyDocument } from './document.ts';

/** Outcomes against instruments and visits, and estimands against arms, outcomes, visits and events. */
export function checkOutcomes(
  study: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
): Finding[] {
  const { outcomes, estimands } = study;
  const findings = [...repeats(outcomes, ['outcomes'], 'id'), ...repeats(estimands, ['estimands'], 'id')];
  if (!outcomes.some(({ role }) => role === 'primary')) {
    findings.push({ path: ['outcomes'], message: 'No outcome has role: primary; expected at least one.' });
  }
  for (const [index, outcome] of outcomes.entries()) {
    findings.push(...checkOutcome(study, instruments.get(outcome.instrument), outcome, ['outcomes', index]));
  }
  for (const [index, estimand] of estimands.entries()) {
    findings.push(...checkEstimand(study, estimand, ['estimands', index]));
  }
  return findings;
}

function checkOutcome(
  { visits }: StudyDocument,
  instrument: InstrumentDocument | undefined,
  outcome: OutcomeDefinition,
  path: PropertyKey[],
): Finding[] {
  const at = visits.filter((visit) => visit.instruments.includes(outcome.instrument));
  if (at.length === 0) {
    const used = new Set(visits.flatMap((visit) => visit.instruments));
    return [
      {
        path: [...path, 'instrument'],
        message: `Found “${outcome.instrument}”; expected an instrument of a visit: ${oneOf(used)}.`,
      },
    ];
  }
  const findings: Finding[] = [];
  if (instrument && !instrument.scores.some(({ id }) => id === outcome.score)) {
    const scores = oneOf(instrument.scores.map(({ id }) => id));
    findings.push({
      path: [...path, 'score'],
      message: `Found “${outcome.score}”; expected a score of ${instrument.id}: ${scores}.`,
    });
  }
  if (!at.some((visit) => !visit.baseline)) {
    findings.push({
      path: [...path, 'instrument'],
      message: `“${outcome.instrument}” is used at no visit after baseline.`,
    });
  }
  if (outcome.kind !== 'threshold' && !at.some((visit) => visit.baseline)) {
    findings.push({
      path: [...path, 'instrument'],
      message: `“${outcome.instrument}” isn’t used at baseline, from where a ${outcome.kind} counts.`,
    });
  }
  if (outcome.kind === 'threshold') findings.push(...checkThreshold(instrument, outcome, path));
  return findings;
}

function checkThreshold(
  instrument: InstrumentDocument | undefined,
  outcome: Extract<OutcomeDefinition, { kind: 'threshold' }>,
  path: PropertyKey[],
): Finding[] {
  const { atMost, atLeast } = outcome;
  if (atMost === undefined && atLeast === undefined) {
    return [{ path, message: 'A threshold needs atMost or atLeast.' }];
  }
  if (atMost !== undefined && atLeast !== undefined && atMost < atLeast) {
    return [
      { path: [...path, 'atMost'], message: `Found ${atMost}; expected at least atLeast, ${atLeast}.` },
    ];
  }
  const score = instrument?.scores.find(({ id }) => id === outcome.score);
  if (!score) return [];
  return (['atMost', 'atLeast'] as const).flatMap((key) => {
    const limit = outcome[key];
    if (limit === undefined || (limit >= score.min && limit <= score.max)) return [];
    return [
      {
        path: [...path, key],
        message: `Found ${limit}; expected a number of the scale, ${score.min} to ${score.max}.`,
      },
    ];
  });
}

const summaries: Record<OutcomeDefinition['kind'], EstimandDefinition['summary'][]> = {
  response: ['risk-difference', 'risk-ratio', 'odds-ratio'],
  threshold: ['risk-difference', 'risk-ratio', 'odds-ratio'],
  change: ['mean-difference'],
};

function checkEstimand(study: StudyDocument, estimand: EstimandDefinition, path: PropertyKey[]): Finding[] {
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
  if (outcome?.kind === 'change' && estimand.missing === 'non-response') {
    findings.push({
      path: [...path, 'missing'],
      message: 'Found “non-response”; it is for a yes-or-no outcome, and this one is a change.',
    });
  }
  if (outcome && outcome.kind !== 'change' && estimand.missing === 'likelihood') {
    findings.push({
      path: [...path, 'missing'],
      message: `Found “likelihood”; it is for a change, and this outcome is a ${outcome.kind}.`,
    });
  }
  findings.push(...checkTimes(study, estimand, outcome, path));
  return findings;
}

function checkTimes(
  { visits, events }: StudyDocument,
  estimand: EstimandDefinition,
  outcome: OutcomeDefinition | undefined,
  path: PropertyKey[],
): Finding[] {
  const findings: Finding[] = [];
  const fitting = visits.filter(
    (visit) => !visit.baseline && (!outcome || visit.instruments.includes(outcome.instrument)),
  );
  if (!fitting.some(({ id }) => id === estimand.visit)) {
    findings.push({
      path: [...path, 'visit'],
      message: `Found “${estimand.visit}”; expected a visit after baseline with the outcome’s instrument: ${oneOf(fitting.map(({ id }) => id))}.`,
    });
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
