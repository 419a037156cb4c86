import type { OutcomePlan, Plan } from '../../analysis/index.ts';
import type { OutcomeDefinition } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';

/** The dashboard's plan: every outcome of the document, each arm against the reference and then each pair. */
export function planOf(study: Study, population: Plan['population']): Plan {
  const { arms, outcomes } = study.document;
  const reference = arms.find((arm) => arm.reference) ?? arms.at(-1)!;
  const others = arms.filter((arm) => arm !== reference).map((arm) => arm.id);
  const contrasts: Plan['contrasts'] = others.map((arm) => [arm, reference.id]);
  others.forEach((first, index) => {
    for (const second of others.slice(index + 1)) contrasts.push([first, second]);
  });
  return {
    outcomes: outcomes.map((outcome) => outcomePlan(study, outcome)),
    population,
    contrasts,
    level: 0.95,
  };
}

export function outcomePlan(study: Study, outcome: OutcomeDefinition): OutcomePlan {
  const { id, label, instrument, score } = outcome;
  const measure = `${instrument}.${score}`;
  const better = study.instruments.get(instrument)?.scores.find((one) => one.id === score)?.better ?? 'lower';
  switch (outcome.kind) {
    case 'response':
      return { id, label, kind: 'response', measure, better, fall: outcome.fall };
    case 'threshold':
      return { id, label, kind: 'threshold', measure, atMost: outcome.atMost, atLeast: outcome.atLeast };
    case 'change':
      return { id, label, kind: 'change', measure, better };
  }
}
