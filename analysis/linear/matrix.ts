/** A dense matrix in row-major order: element (i, j) is data[i·columns + j]. */
export interface Matrix {
  rows: number;
  columns: number;
  data: Float64Array;
}

export function zeros(rows: number, columns: number): Matrix {
  return { rows, columns, data: new Float64Array(rows * columns) };
}

export function identity(size: number): Matrix {
  const m = zeros(size, size);
  for (let i = 0; i < size; i++) m.data[i * size + i] = 1;
  return m;
}

/** @throws RangeError for rows of unequal length */
export function fromRows(rows: readonly ArrayLike<number>[], columns = rows[0]?.length ?? 0): Matrix {
  const m = zeros(rows.length, columns);
  rows.forEach((row, i) => {
    if (row.length !== columns) throw new RangeError('The rows of a matrix have equal length.');
    m.data.set(row, i * columns);
  });
  return m;
}

export function toRows({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));
}

export function row(m: Matrix, i: number): Float64Array {
  return m.data.subarray(i * m.columns, (i + 1) * m.columns);
}

export function transpose(m: Matrix): Matrix {
  const t = zeros(m.columns, m.rows);
  for (let i = 0; i < m.rows; i++)
    for (let j = 0; j < m.columns; j++) t.data[j * m.rows + i] = m.data[i * m.columns + j]!;
  return t;
}

/** A·B. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows) throw new RangeError('The inner dimensions of a product agree.');
  const c = zeros(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++) {
      const v = a.data[i * a.columns + k]!;
      if (v === 0) continue;
      const from = k * b.columns;
      const to = i * b.columns;
      for (let j = 0; j < b.columns; j++) c.data[to + j]! += v * b.data[from + j]!;
    }
  return c;
}

/** A·x. */
export function apply(a: Matrix, x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(a.rows);
  for (let i = 0; i < a.rows; i++) y[i] = dot(row(a, i), x);
  return y;
}

export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}

/** XᵀWX for a diagonal W (weights; all 1 if left out), symmetric. */
export function crossProduct(x: Matrix, weights?: ArrayLike<number>): Matrix {
  const p = x.columns;
  const c = zeros(p, p);
  for (let r = 0; r < x.rows; r++) {
    const at = r * p;
    const w = weights ? weights[r]! : 1;
    for (let i = 0; i < p; i++) {
      const v = w * x.data[at + i]!;
      if (v === 0) continue;
      for (let j = 0; j <= i; j++) c.data[i * p + j]! += v * x.data[at + j]!;
    }
  }
  for (let i = 0; i < p; i++) for (let j = 0; j < i; j++) c.data[j * p + i] = c.data[i * p + j]!;
  return c;
}

/** XᵀWy for a diagonal W. */
export function crossVector(x: Matrix, y: ArrayLike<number>, weights?: ArrayLike<number>): Float64Array {
  const out = new Float64Array(x.columns);
  for (let r = 0; r < x.rows; r++) {
    const v = (weights ? weights[r]! : 1) * y[r]!;
    for (let j = 0; j < x.columns; j++) out[j]! += v * x.data[r * x.columns + j]!;
  }
  return out;
}

/** xᵀAy. */
export function bilinear(x: ArrayLike<number>, a: Matrix, y: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.rows; i++) if (x[i] !== 0) sum += x[i]! * dot(row(a, i), y);
  return sum;
}

/** L·A·Lᵀ for the rows of L, such as the covariance of several contrasts. */
export function sandwich(l: Matrix, a: Matrix): Matrix {
  return multiply(multiply(l, a), transpose(l));
}

/** trace(A·B) without forming the product. */
export function traceOfProduct(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (let i = 0; i < a.rows; i++)
    for (let k = 0; k < a.columns; k++) sum += a.data[i * a.columns + k]! * b.data[k * b.columns + i]!;
  return sum;
}

export function add(a: Matrix, b: Matrix, factor = 1): Matrix {
  const c = { ...a, data: Float64Array.from(a.data) };
  for (let i = 0; i < c.data.length; i++) c.data[i]! += factor * b.data[i]!;
  return c;
}

export function scale(a: Matrix, factor: number): Matrix {
  return { ...a, data: a.data.map((v) => v * factor) };
}
