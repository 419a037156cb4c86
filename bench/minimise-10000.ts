import {
  allocate,
  begin,
  chainStart,
  commitment,
  type Design,
  designHash,
  type Factors,
  generatorFor,
  logEntry,
  seedFor,
} from '../randomisation/index.ts';
import { type Benchmark, type Measured, median } from './benchmark.ts';

const PARTICIPANTS = 10_000;
const RUNS = 5;
const secret = new Uint8Array(32).fill(7);
const design: Design = {
  engine: 1,
  study: 'bench',
  arms: ['a', 'b', 'c'].map((id) => ({ id, ratio: 1 })),
  factors: [10, 2, 2, 3].map((count, i) => ({
    id: `factor-${i}`,
    levels: Array.from({ length: count }, (_, level) => `${level}`),
  })),
  scheme: { kind: 'minimisation', distance: 'range', probability: '4/5' },
};

/** Everyone's levels, from a small linear congruential generator: the same in each run. */
const participants: Factors[] = [];
let state = 1;
for (let i = 0; i < PARTICIPANTS; i++) {
  const factors: Factors = {};
  for (const { id, levels } of design.factors) {
    state = (state * 48_271) % 2_147_483_647;
    factors[id] = levels[state % levels.length]!;
  }
  participants.push(factors);
}

/** Allocates everyone, each with a generator of their own and a chained log entry. @returns ms of each thousand */
function minimise(): number[] {
  const hash = designHash(design);
  const seed = seedFor(secret, hash);
  const counts = begin(design);
  let previous = chainStart(commitment(secret, hash));
  const thousands: number[] = [];
  let began = performance.now();
  participants.forEach((factors, i) => {
    const index = i + 1;
    const allocation = allocate(design, counts, factors, generatorFor(seed, design.study, 1, index));
    previous = logEntry({ index, epoch: 1, design: hash, previous }, seed, allocation).hash;
    if (index % 1000 === 0) {
      thousands.push(performance.now() - began);
      began = performance.now();
    }
  });
  return thousands;
}

/** The plain way, as R's Minirand has it: all earlier participants are counted again for each one. @returns ms */
function recount(): number {
  const began = performance.now();
  const arms: number[] = [];
  participants.forEach((factors, i) => {
    const imbalance = [0, 0, 0];
    for (const { id } of design.factors) {
      const counts = [0, 0, 0];
      for (let earlier = 0; earlier < i; earlier++) {
        if (participants[earlier]![id] === factors[id]) counts[arms[earlier]!]! += 1;
      }
      for (const k of [0, 1, 2]) {
        const after = counts.map((count, j) => (j === k ? count + 1 : count));
        imbalance[k]! += Math.max(...after) - Math.min(...after);
      }
    }
    const best = imbalance.indexOf(Math.min(...imbalance));
    arms.push(Math.random() < 0.8 ? best : (best + 1 + Math.floor(Math.random() * 2)) % 3);
  });
  return performance.now() - began;
}

export default {
  name: 'minimise-10000',
  what: 'minimisation of 10,000 participants, each with a generator and a chained log entry',
  async run() {
    minimise();
    const runs = Array.from({ length: RUNS }, minimise);
    const sum = (thousands: readonly number[]) => thousands.reduce((total, value) => total + value, 0);
    const value = median(runs.map(sum));
    const growth = median(runs.map((thousands) => thousands.at(-1)! / thousands[0]!));
    const baseline = recount();
    const measured: Measured & { growth: number } = {
      value,
      unit: 'ms',
      baseline,
      ratio: value / baseline,
      against: `recounting everyone for each allocation, with no generator and no log; last thousand ÷ first ${growth.toFixed(2)}`,
      growth,
    };
    return measured;
  },
} satisfies Benchmark;
