import type { Dataset, DatasetParticipant } from '../../analysis/dataset.ts';

export interface Person {
  arm?: string;
  started?: boolean;
  randomised?: string;
  /** Scores at baseline, 3 and 12 months; left out is missing. */
  base?: number;
  m3?: number;
  m12?: number;
}

/** A trial written out by hand: arms a, b and the reference c; visits at baseline, day 91 and day 365. */
export function smallTrial(people: Person[], arms = ['a', 'b', 'c']): Dataset {
  const participants: DatasetParticipant[] = people.map((person, index) => ({
    id: `P${index + 1}`,
    arm: person.arm ?? arms[0]!,
    site: 'north',
    randomisedOn: person.randomised ?? '2026-01-01',
    factors: {},
    startedTreatment: person.started ?? true,
  }));
  const visits = ['base', 'm3', 'm12'] as const;
  return {
    arms: arms.map((id) => ({ id, label: id.toUpperCase(), reference: id === arms.at(-1) })),
    visits: [
      { id: 'base', label: 'Baseline', day: 0, baseline: true },
      { id: 'm3', label: '3 months', day: 91, baseline: false },
      { id: 'm12', label: '12 months', day: 365, baseline: false },
    ],
    participants,
    scores: people.flatMap((person, index) =>
      visits.flatMap((visit) => {
        const value = person[visit];
        if (value === undefined) return [];
        return [{ participant: `P${index + 1}`, visit, measure: 'hamd17.total', value, prorated: false }];
      }),
    ),
    events: [],
  };
}
