import { gaussLegendre } from '../distributions/gauss-legendre.ts';
import { normalDensity, normalUpper } from '../distributions/normal.ts';

const RULE = gaussLegendre(20);
/** Beyond this many standard deviations nothing is left of a normal density. */
const REACH = 9;

/** Points with weights×density of Z at one look, among trials that have gone on so far. */
interface Going {
  z: Float64Array;
  mass: Float64Array;
}

/** Quadrature points over [low, high] in panels of at most the given width. */
function grid(low: number, high: number, width: number): { z: Float64Array; w: Float64Array } {
  const panels = Math.max(1, Math.ceil((high - low) / width));
  const size = RULE.nodes.length;
  const z = new Float64Array(panels * size);
  const w = new Float64Array(panels * size);
  const half = (high - low) / panels / 2;
  for (let p = 0; p < panels; p++) {
    const middle = low + (2 * p + 1) * half;
    for (let i = 0; i < size; i++) {
      z[p * size + i] = middle + half * RULE.nodes[i]!;
      w[p * size + i] = half * RULE.weights[i]!;
    }
  }
  return { z, w };
}

/**
 * A group-sequential trial look by look: Z_k ~ N(θ√I_k, 1), Cov(Z_j, Z_k) = √(I_j/I_k) for j < k. Given that the trial
 * went on with Z_{k−1} = u, Z_k is normal with mean (u√I_{k−1} + θΔ)/√I_k and variance Δ/I_k, Δ = I_k − I_{k−1}; the
 * density of Z_k among trials that go on is integrated look by look (Armitage P, McPherson CK, Rowe BC. JRSS A
 * 1969;132:235–244; Jennison & Turnbull 2000, ch. 19) with Gauss–Legendre panels, to about 1e-13.
 */
export class Looks {
  private going: Going | null = null;
  private information = 0;

  /** @param drift θ: mean of Z at information 1 */
  constructor(private readonly drift = 0) {}

  /** P(trial goes on to this look and Z > upper); nothing is changed. */
  crossUpper(information: number, upper: number): number {
    return this.tail(information, upper, 1);
  }

  /** P(trial goes on to this look and Z < lower). */
  crossLower(information: number, lower: number): number {
    return this.tail(information, -lower, -1);
  }

  private tail(information: number, limit: number, sign: 1 | -1): number {
    const root = Math.sqrt(information);
    if (!this.going) return normalUpper(limit - sign * this.drift * root);
    const before = Math.sqrt(this.information);
    const step = information - this.information;
    const sd = Math.sqrt(step);
    let sum = 0;
    for (let i = 0; i < this.going.z.length; i++) {
      const mean = this.going.z[i]! * before + this.drift * step;
      sum += this.going.mass[i]! * normalUpper((limit * root - sign * mean) / sd);
    }
    return sum;
  }

  /** Goes past this look: trials with lower < Z < upper continue. */
  advance(information: number, lower: number, upper: number): void {
    const root = Math.sqrt(information);
    const centre = this.drift * root;
    const from = Math.max(lower, centre - REACH);
    const to = Math.min(upper, centre + REACH);
    if (!(to > from)) {
      this.going = { z: new Float64Array(0), mass: new Float64Array(0) };
      this.information = information;
      return;
    }
    const step = information - this.information;
    // Panels resolve both this look's own density and the conditional one of a next look as far on.
    const { z, w } = grid(from, to, Math.min(1, 2 * Math.sqrt(step / information)));
    const mass = new Float64Array(z.length);
    if (!this.going) for (let j = 0; j < z.length; j++) mass[j] = w[j]! * normalDensity(z[j]! - centre);
    else {
      const before = Math.sqrt(this.information);
      const sd = Math.sqrt(step);
      for (let j = 0; j < z.length; j++) {
        let sum = 0;
        for (let i = 0; i < this.going.z.length; i++) {
          const mean = this.going.z[i]! * before + this.drift * step;
          sum += this.going.mass[i]! * normalDensity((z[j]! * root - mean) / sd);
        }
        mass[j] = (w[j]! * sum * root) / sd;
      }
    }
    this.going = { z, mass };
    this.information = information;
  }
}
