import type { Finding } from '../documents/parse.ts';
import { oneOf, repeats } from '../documents/repeats.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { checkEstimand } from './checkEstimand.ts';
import type { OutcomeDefinition, StudyDocument } from './document.ts';

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
    findings.push(...checkEstimand(study, instruments, estimand, ['estimands', index]));
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
