import { buildDesign, type Formula } from '../analysis/models/design.ts';
import type { SubjectSource } from '../analysis/models/visit-patterns.ts';
import { drawNormal, seededUniform } from '../analysis/resampling/generator.ts';

const ARMS = ['TAU', 'A', 'B'];

export interface Visitor {
  arm: number;
  baseline: number;
  /** One for each visit; NaN is missing. */
  values: Float64Array;
}

/**
 * A trial of three arms with correlated repeated scores; one in twelve drops out before each visit. The same people
 * each time, one by one, in the same object.
 */
export function eachVisitor(
  participants: number,
  visits: number,
  take: (one: Visitor, index: number) => void,
): void {
  const uniform = seededUniform(20_261_123);
  const one: Visitor = { arm: 0, baseline: 0, values: new Float64Array(visits) };
  for (let i = 0; i < participants; i++) {
    one.arm = i % 3;
    const level = drawNormal(uniform);
    one.baseline = 22 + 3 * level + 2 * drawNormal(uniform);
    let left = false;
    for (let t = 0; t < visits; t++) {
      left ||= uniform() < 1 / 12;
      const value = 20 - (2 + one.arm) * (t + 1) + 3 * level + 4 * drawNormal(uniform);
      one.values[t] = left ? Number.NaN : value;
    }
    take(one, i);
  }
}

const visitNames = (visits: number) => Array.from({ length: visits }, (_, t) => `${t + 1}`);

/** baseline + arm × visit, as the columns of a source have it. */
export function formulaOf(
  visits: number,
  rows: { arm: string[]; visit: string[]; baseline: number[] },
): Formula {
  return {
    variables: {
      baseline: { kind: 'covariate', values: rows.baseline },
      arm: { kind: 'factor', levels: ARMS, values: rows.arm },
      visit: { kind: 'factor', levels: visitNames(visits), values: rows.visit },
    },
    terms: [['baseline'], ['arm'], ['visit'], ['arm', 'visit']],
  };
}

/** Everyone in long form. */
export function longTrial(participants: number, visits: number) {
  const rows = {
    id: [] as string[],
    arm: [] as string[],
    visit: [] as string[],
    baseline: [] as number[],
    y: [] as number[],
  };
  eachVisitor(participants, visits, ({ arm, baseline, values }, index) =>
    values.forEach((value, t) => {
      if (Number.isNaN(value)) return;
      rows.id.push(`${index}`);
      rows.arm.push(ARMS[arm]!);
      rows.visit.push(`${t + 1}`);
      rows.baseline.push(baseline);
      rows.y.push(value);
    }),
  );
  return rows;
}

/** The same people one by one, never in memory together. */
export function sourceOf(
  participants: number,
  visits: number,
): { source: SubjectSource; design: ReturnType<typeof buildDesign> } {
  const design = buildDesign(formulaOf(visits, { arm: [], visit: [], baseline: [] }));
  const p = design.names.length;
  const place = new Map(design.names.map((name, j) => [name, j]));
  const x = new Float64Array(visits * p);
  const y = new Float64Array(visits);
  const source: SubjectSource = {
    columns: p,
    each: (take) =>
      eachVisitor(participants, visits, ({ arm, baseline, values }) => {
        const present: number[] = [];
        x.fill(0);
        values.forEach((value, t) => {
          if (Number.isNaN(value)) return;
          const from = present.length * p;
          y[present.length] = value;
          present.push(t);
          x[from] = 1;
          x[from + place.get('baseline')!] = baseline;
          if (arm > 0) x[from + place.get(`arm${ARMS[arm]}`)!] = 1;
          if (t > 0) x[from + place.get(`visit${t + 1}`)!] = 1;
          if (arm > 0 && t > 0) x[from + place.get(`arm${ARMS[arm]}:visit${t + 1}`)!] = 1;
        });
        if (present.length > 0) take(0, present, x, y);
      }),
  };
  return { source, design };
}
