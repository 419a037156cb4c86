import type { StudyCharts } from '../../analysis/charts/index.ts';
import type { Dataset, DatasetEvent, DatasetScore } from '../../analysis/dataset.ts';
import type { ScreeningCounts } from '../../analysis/flow.ts';
import type { OutcomePlan, Plan } from '../../analysis/plan.ts';

/** A small, fixed stream of numbers in [0, 1), so that every picture is drawn from the same people. */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface ArmShape {
  id: string;
  label: string;
  reference?: boolean;
  randomised: number;
  started: number;
  /** Mean fall at each follow-up visit, and how many are seen there. */
  visits: [fall: number, seen: number][];
}

export interface TrialShape {
  arms: ArmShape[];
  visits?: { id: string; label: string; day: number }[];
}

const YEAR: NonNullable<TrialShape['visits']> = [
  { id: 'm3', label: '3 months', day: 91 },
  { id: 'm12', label: '12 months', day: 365 },
];

/** Synthetic participants of the given arms; scores run from 0 to 52 and lower is better. */
export function makeTrial({ arms, visits = YEAR }: TrialShape, seed = 7): Dataset {
  const next = stream(seed);
  const normal = () => next() + next() + next() + next() + next() + next() - 3;
  const scores: DatasetScore[] = [];
  const events: DatasetEvent[] = [];
  const participants: Dataset['participants'] = [];
  const start = Date.UTC(2025, 8, 8);
  const total = arms.reduce((sum, arm) => sum + arm.randomised, 0);
  let day = 0;
  for (let order = 0; order < total; order++) {
    const arm = arms.filter(({ id, randomised }) => count(participants, id) < randomised);
    const chosen = arm[Math.floor(next() * arm.length)]!;
    const index = count(participants, chosen.id);
    const id = `LOH-${String(order + 1).padStart(4, '0')}`;
    day += Math.floor(next() * 7);
    const baseline = Math.round(19 + 5 * normal());
    participants.push({
      id,
      arm: chosen.id,
      site: order % 2 ? 'vihti' : 'lohja',
      randomisedOn: new Date(start + day * 86_400_000).toISOString().slice(0, 10),
      factors: {
        site: order % 2 ? 'vihti' : 'lohja',
        sex: order % 3 ? 'female' : 'male',
        age: 22 + ((order * 17) % 43),
      },
      startedTreatment: index < chosen.started,
    });
    scores.push({
      participant: id,
      visit: 'base',
      measure: 'hamd17.total',
      value: baseline,
      prorated: false,
    });
    for (const [position, [fall, seen]] of chosen.visits.entries()) {
      const value = Math.max(0, Math.min(52, Math.round(baseline - fall - 8.5 * normal())));
      if (index < seen) {
        scores.push({
          participant: id,
          visit: visits[position]!.id,
          measure: 'hamd17.total',
          value,
          prorated: false,
        });
      }
    }
    if (index >= (chosen.visits.at(-1)?.[1] ?? chosen.randomised)) {
      const detail = ['Withdrew consent', 'Could not be reached', 'Moved away'][Math.floor(next() * 3)]!;
      const on = new Date(start + (day + 20 + Math.floor(next() * 60)) * 86_400_000)
        .toISOString()
        .slice(0, 10);
      events.push({ participant: id, event: 'withdrawal', kind: 'withdrawal', on, detail });
    }
  }
  return {
    arms: arms.map(({ id, label, reference = false }) => ({ id, label, reference })),
    visits: [
      { id: 'base', label: 'Baseline', day: 0, baseline: true },
      ...visits.map((visit) => ({ ...visit, baseline: false })),
    ],
    participants,
    scores,
    events,
  };
}

function count(participants: Dataset['participants'], arm: string): number {
  return participants.filter((participant) => participant.arm === arm).length;
}

export const THREE_ARMS: TrialShape = {
  arms: [
    {
      id: 'ipt',
      label: 'IPT',
      randomised: 46,
      started: 44,
      visits: [
        [8.5, 38],
        [10.2, 35],
      ],
    },
    {
      id: 'pegt',
      label: 'PeGT',
      randomised: 42,
      started: 36,
      visits: [
        [10.5, 27],
        [12.2, 26],
      ],
    },
    {
      id: 'tau',
      label: 'TAU',
      reference: true,
      randomised: 46,
      started: 46,
      visits: [
        [7.6, 34],
        [9.8, 32],
      ],
    },
  ],
};

export const TWO_ARMS: TrialShape = {
  arms: [
    {
      id: 'drug',
      label: 'Escitalopram',
      randomised: 60,
      started: 58,
      visits: [
        [9, 52],
        [11, 47],
      ],
    },
    {
      id: 'placebo',
      label: 'Placebo',
      reference: true,
      randomised: 61,
      started: 61,
      visits: [
        [6, 50],
        [7.5, 41],
      ],
    },
  ],
};

export const EIGHT_ARMS: TrialShape = {
  arms: Array.from({ length: 8 }, (_, index) => ({
    id: `arm${index}`,
    label: ['Control', 'Low dose', 'Mid dose', 'High dose', 'CBT', 'CBT + low', 'CBT + mid', 'CBT + high'][
      index
    ]!,
    reference: index === 0,
    randomised: 24,
    started: 23,
    visits: [
      [5 + index, 21],
      [6 + 1.2 * index, 18],
    ],
  })),
};

/** The same people with their arms behind one. */
export function pool(dataset: Dataset): Dataset {
  return {
    ...dataset,
    arms: [{ id: 'pooled', label: 'All arms', reference: false }],
    participants: dataset.participants.map((participant) => ({ ...participant, arm: 'pooled' })),
  };
}

/** The same people with their arms behind letters. */
export function letter(dataset: Dataset): Dataset {
  const letters = new Map(
    dataset.arms.map((arm, index) => [arm.id, String.fromCharCode(65 + ((index + 1) % dataset.arms.length))]),
  );
  return {
    ...dataset,
    arms: [...letters.values()].sort().map((id) => ({ id, label: `Group ${id}`, reference: false })),
    participants: dataset.participants.map((participant) => ({
      ...participant,
      arm: letters.get(participant.arm)!,
    })),
  };
}

export const RESPONSE: Extract<OutcomePlan, { kind: 'response' }> = {
  id: 'response',
  label: 'Response',
  kind: 'response',
  measure: 'hamd17.total',
  better: 'lower',
  fall: 0.5,
};

export const CHANGE: Extract<OutcomePlan, { kind: 'change' }> = {
  id: 'change',
  label: 'Change in HAM-D17',
  kind: 'change',
  measure: 'hamd17.total',
  better: 'lower',
};

export const SCREENING: ScreeningCounts = {
  assessed: 212,
  excluded: [
    { label: 'Not meeting criteria', count: 41 },
    { label: 'Declined to take part', count: 29 },
    { label: 'Other reasons', count: 8 },
  ],
};

/** Every other arm against the reference, then the others against each other. */
export function planFor(dataset: Dataset): Plan {
  const reference = dataset.arms.find((arm) => arm.reference);
  const others = dataset.arms.filter((arm) => arm !== reference);
  const contrasts: Plan['contrasts'] = reference ? others.map((arm) => [arm.id, reference.id]) : [];
  if (others.length === 2) contrasts.push([others[0]!.id, others[1]!.id]);
  return { outcomes: [RESPONSE, CHANGE], population: 'all-randomised', contrasts, level: 0.95 };
}

/** Three arms seen at four visits, two of them close to baseline. */
export const FIVE_VISITS: TrialShape = {
  visits: [
    { id: 'm1', label: '1.5 months', day: 46 },
    { id: 'm3', label: '3 months', day: 91 },
    { id: 'm6', label: '6 months', day: 182 },
    { id: 'm12', label: '12 months', day: 365 },
  ],
  arms: [
    {
      id: 'ipt',
      label: 'IPT',
      randomised: 46,
      started: 44,
      visits: [
        [4, 41],
        [8.5, 38],
        [9, 36],
        [10.2, 35],
      ],
    },
    {
      id: 'pegt',
      label: 'PeGT',
      randomised: 42,
      started: 36,
      visits: [
        [5, 33],
        [10.5, 27],
        [11, 26],
        [12.2, 26],
      ],
    },
    {
      id: 'tau',
      label: 'TAU',
      reference: true,
      randomised: 46,
      started: 46,
      visits: [
        [3, 40],
        [7.6, 34],
        [8, 33],
        [9.8, 32],
      ],
    },
  ],
};

/** A trial in its first months: those randomised by the end of January, some seen at 3 months, none at 12. */
export function firstMonths(dataset: Dataset): Dataset {
  const early = dataset.participants.filter(({ randomisedOn }) => randomisedOn <= '2026-01-31');
  const seen = new Set(early.filter(({ randomisedOn }) => randomisedOn <= '2025-11-10').map(({ id }) => id));
  const here = new Set(early.map(({ id }) => id));
  return {
    ...dataset,
    participants: early,
    events: dataset.events.filter(({ participant }) => here.has(participant)),
    scores: dataset.scores.filter(
      ({ participant, visit }) =>
        here.has(participant) && (visit === 'base' || (visit === 'm3' && seen.has(participant))),
    ),
  };
}

/** An arm without anybody, one with a single participant, and one at 3 months only. */
export function oneArmEmpty(): Dataset {
  return makeTrial({
    arms: [
      { id: 'ipt', label: 'IPT', randomised: 1, started: 1, visits: [[9, 1]] },
      { id: 'pegt', label: 'PeGT', randomised: 0, started: 0, visits: [] },
      { id: 'tau', label: 'TAU', reference: true, randomised: 9, started: 9, visits: [[8, 7]] },
    ],
  });
}

export function emptyTrial(): Dataset {
  return makeTrial({ arms: THREE_ARMS.arms.map((arm) => ({ ...arm, randomised: 0 })) });
}

/** What a dataset's charts are drawn from, but for the rows. */
export function studyOf(dataset: Dataset, asOf = '2028-03-06'): Omit<StudyCharts, 'rows'> {
  const excluded = dataset.participants.length === 0 ? [] : SCREENING.excluded;
  const assessed = dataset.participants.length + excluded.reduce((sum, { count }) => sum + count, 0);
  const primary = planFor(dataset).contrasts.flatMap(([arm, versus]) => {
    const reference = dataset.arms.some(({ id, reference }) => id === versus && reference);
    return reference ? [{ visit: 'm12', arm, versus }] : [];
  });
  return {
    dataset,
    screening: { assessed, excluded },
    plan: planFor(dataset),
    missing: 'observed',
    recruitment: { target: 134, from: '2025-09-08', to: '2026-12-31', asOf },
    primary,
  };
}
