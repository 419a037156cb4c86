/**
 * ∫ f over the whole line for a positive, analytic, one-humped f that falls off at least exponentially.
 *
 * For such integrands the plain trapezoidal rule converges exponentially in 1/h (Trefethen & Weideman, SIAM Review
 * 2014, 56:385–458): halving the step roughly doubles the number of right digits. The hump is found first, so that
 * an integral that is tiny because it lies in a tail is still summed around its own greatest value.
 *
 * @param f integrand, ≥ 0
 * @param start a point from which the hump can be climbed
 * @param scale rough width of the hump
 */
export function integrateHump(f: (u: number) => number, start: number, scale: number): number {
  let centre = start;
  let best = f(start);
  for (let stride = scale * 4; stride > scale / 8; ) {
    const right = f(centre + stride);
    const left = f(centre - stride);
    if (right > best) {
      centre += stride;
      best = right;
    } else if (left > best) {
      centre -= stride;
      best = left;
    } else stride /= 2;
  }
  if (!(best > 0)) return 0;
  let h = scale;
  const side = (offset: number, direction: number) => {
    let sum = 0;
    for (let i = 0; i < 100_000; i++) {
      const value = f(centre + direction * (offset + i * h));
      sum += value;
      if (value < best * 1e-19) break;
    }
    return sum;
  };
  let sum = best + side(h, 1) + side(h, -1);
  let previous = sum * h;
  for (let halving = 0; halving < 9; halving++) {
    // The midpoints of the present grid are the new points of the halved one.
    const half = h / 2;
    let extra = 0;
    for (const direction of [1, -1]) extra += side(half, direction);
    sum += extra;
    h = half;
    const next = sum * h;
    if (Math.abs(next - previous) <= 1e-14 * next && halving > 0) return next;
    // Quadratic convergence of the digits: agreement to 1e-8 means the newer sum is right to working accuracy.
    if (Math.abs(next - previous) <= 1e-9 * next && halving > 0) return next;
    previous = next;
  }
  return previous;
}
