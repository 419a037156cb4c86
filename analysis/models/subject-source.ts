import { cholesky, choleskySolve } from '../linear/cholesky.ts';
import { type Matrix, zeros } from '../linear/matrix.ts';
import type { Subject, SubjectSource } from './visit-patterns.ts';

/** Subjects whose rows are in a design matrix. */
export function fromMatrix(x: Matrix, y: ArrayLike<number>, subjects: readonly Subject[]): SubjectSource {
  const p = x.columns;
  return {
    columns: p,
    each(take) {
      const longest = subjects.reduce((most, { rows }) => Math.max(most, rows.length), 0);
      const own = new Float64Array(longest * p);
      const values = new Float64Array(longest);
      for (const subject of subjects) {
        const { rows, visits } = ascending(subject);
        for (let place = 0; place < rows.length; place++) {
          const from = rows[place]! * p;
          for (let j = 0; j < p; j++) own[place * p + j] = x.data[from + j]!;
          values[place] = y[rows[place]!]!;
        }
        take(subject.group, visits, own, values);
      }
    },
  };
}

/** The subject with its visits in order. */
function ascending(subject: Subject): Subject {
  const { rows, visits } = subject;
  if (visits.every((visit, i) => i === 0 || visits[i - 1]! < visit)) return subject;
  const order = visits.map((_, i) => i).sort((a, b) => visits[a]! - visits[b]!);
  return { ...subject, rows: order.map((i) => rows[i]!), visits: order.map((i) => visits[i]!) };
}

/**
 * Ordinary least squares in one pass, by the normal equations with columns scaled to length one. Good enough for an
 * origin to measure the response from; not for results.
 *
 * @returns the first column that depends on those before it, when there is one
 */
export function ordinaryOrigin({ columns: p, each }: SubjectSource): Float64Array | { collinear: number } {
  const information = zeros(p, p);
  const score = new Float64Array(p);
  each((_, visits, x, y) => {
    for (let a = 0; a < visits.length; a++)
      for (let i = 0; i < p; i++) {
        const v = x[a * p + i]!;
        if (v === 0) continue;
        score[i]! += v * y[a]!;
        for (let j = 0; j <= i; j++) information.data[i * p + j]! += v * x[a * p + j]!;
      }
  });
  const length = Float64Array.from({ length: p }, (_, i) => Math.sqrt(information.data[i * p + i]!));
  const empty = length.findIndex((v) => !(v > 0));
  if (empty >= 0) return { collinear: empty };
  for (let i = 0; i < p; i++)
    for (let j = 0; j <= i; j++) {
      const v = information.data[i * p + j]! / (length[i]! * length[j]!);
      information.data[i * p + j] = v;
      information.data[j * p + i] = v;
    }
  for (let size = 1; size <= p; size++) {
    const leading = zeros(size, size);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) leading.data[i * size + j] = information.data[i * p + j]!;
    if (!cholesky(leading, 1e-11)) return { collinear: size - 1 };
  }
  return choleskySolve(
    cholesky(information)!,
    score.map((v, i) => v / length[i]!),
  ).map((v, i) => v / length[i]!);
}
