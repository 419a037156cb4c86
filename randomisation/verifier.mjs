#!/usr/bin/env node
/**
 * Verifies an allocation log of a randomised trial, exported as `equipoise-allocation-log-1`.
 *
 *   node verifier.mjs EXPORT.json [--last HASH] [--commitment HASH]
 *
 * It stands alone: one file, nothing but Node 20 or later, and written apart from the engine whose log it checks.
 * `--commitment` is the commitment of the first epoch as the registry has it, `--last` the hash of the last entry as
 * someone outside has noted it; both tie the file to something that its sender can't rewrite.
 *
 * What is checked depends on what the file holds:
 *   chain     headers only: numbering without gaps, hashes, links
 *   scores    with details, arms and keys: also that the commitments open, and each score and weight
 *   draws     with the secrets: also the commitments of the epochs, and every random draw anew
 * Exit code: 0 all fits, 1 something doesn't, 2 the file can't be read.
 */
import { createHash, createHmac } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hmac = (key, ...parts) =>
  parts.reduce((mac, part) => mac.update(part), createHmac('sha256', key)).digest();
const bytes = (hex) => Buffer.from(hex, 'hex');

// ---------------------------------------------------------------- canonical forms

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}

function canonicalDesign({ engine, study, arms, factors, scheme }) {
  const full = { ...scheme };
  if (scheme.kind === 'permuted-blocks') full.sizes = ascending(scheme.sizes);
  if (scheme.probability !== undefined) full.probability = text(rational(scheme.probability));
  if (scheme.kind === 'minimisation') {
    full.overall = scheme.overall ?? false;
    full.unequal = scheme.unequal ?? 'biased-coin';
    full.ties = 'share-best-probability';
  }
  return canonical({
    engine,
    study,
    arms: arms.map(({ id, ratio }) => ({ id, ratio })),
    factors: factors.map(({ id, levels, weight }) => ({ id, levels, weight: text(rational(weight ?? 1)) })),
    scheme: full,
  });
}

const placeKeys = [
  'kind',
  'index',
  'epoch',
  'design',
  'previous',
  'source',
  'participant',
  'storedAt',
  'happenedAt',
];
const picked = (entry, keys) => canonical(Object.fromEntries(keys.map((key) => [key, entry[key]])));
const headerHash = (entry) => sha256(picked(entry, [...placeKeys, 'commitments'])).toString('hex');

// ---------------------------------------------------------------- exact fractions: [numerator, denominator]

const divisor = (a, b) => (b === 0n ? a : divisor(b, a % b));
const positive = (a) => (a < 0n ? -a : a);
const reduced = (a, b) => {
  const d = divisor(positive(a), b) || 1n;
  return [a / d, b / d];
};
const plus = ([a, b], [c, d]) => reduced(a * d + c * b, b * d);
const times = ([a, b], [c, d]) => reduced(a * c, b * d);
const less = ([a, b], [c, d]) => a * d < c * b;
const equal = ([a, b], [c, d]) => a * d === c * b;
const text = ([a, b]) => `${a}/${b}`;
const smallest = (list) => list.reduce((least, value) => (less(value, least) ? value : least));
const greatest = (list) => list.reduce((most, value) => (less(most, value) ? value : most));
const total = (list) => list.reduce((sum, value) => sum + value, 0);
const ascending = (list) => [...list].sort((a, b) => a - b);

function rational(written) {
  const [whole, below] = String(written).split('/');
  const [integer, decimals = ''] = whole.split('.');
  return reduced(BigInt(integer + decimals), 10n ** BigInt(decimals.length) * BigInt(below ?? 1));
}

/** The smallest whole numbers in the proportion of fractions. */
function wholeWeights(fractions) {
  const common = fractions.reduce((product, [, b]) => (product * b) / divisor(product, b), 1n);
  const whole = fractions.map(([a, b]) => (a * common) / b);
  const d = whole.reduce((x, y) => divisor(x, y), 0n);
  return whole.map((value) => value / d);
}

// ---------------------------------------------------------------- random numbers

/** HMAC_DRBG with SHA-256, NIST SP 800-90A Rev. 1, section 10.1.2, without additional input. */
function generator(seed, study, label, epoch, index) {
  let key = Buffer.alloc(32);
  let value = Buffer.alloc(32, 1);
  const seedMaterial = Buffer.concat([
    seed,
    Buffer.from(study),
    Buffer.from(label),
    eight(epoch),
    eight(index),
  ]);
  for (const round of [0, 1]) {
    key = hmac(key, value, Buffer.of(round), seedMaterial);
    value = hmac(key, value);
  }
  return (length) => {
    let output = Buffer.alloc(0);
    while (output.length < length) {
      value = hmac(key, value);
      output = Buffer.concat([output, value]);
    }
    key = hmac(key, value, Buffer.of(0));
    value = hmac(key, value);
    return output.subarray(0, length);
  };
}

function eight(number) {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64BE(BigInt(number));
  return buffer;
}

/** A whole number below a bound by rejection: as many bytes as it needs, the surplus high bits dropped. */
function drawBelow(generate, below) {
  // A log that was tampered with can leave a block without places; the rejection below would never end.
  if (below < 1n) throw new Error('there is no place left to draw it from');
  const bits = below === 1n ? 0 : (below - 1n).toString(2).length;
  if (bits === 0) return 0n;
  for (;;) {
    const drawn = BigInt(`0x${generate(Math.ceil(bits / 8)).toString('hex')}`) % (1n << BigInt(bits));
    if (drawn < below) return drawn;
  }
}

function drawPosition(generate, weights) {
  let left = drawBelow(
    generate,
    weights.reduce((sum, weight) => sum + weight, 0n),
  );
  return weights.findIndex((weight) => {
    if (left < weight) return true;
    left -= weight;
    return false;
  });
}

function envelopeArm(epoch, seed, number) {
  const generate = generator(seed, epoch.design.study, 'emergency', epoch.epoch, number);
  const { arms } = epoch.design;
  return arms[
    drawPosition(
      generate,
      arms.map(({ ratio }) => BigInt(ratio)),
    )
  ].id;
}

// ---------------------------------------------------------------- the state of one epoch

class Trial {
  constructor(design) {
    this.design = design;
    this.pseudo = design.scheme.kind === 'minimisation' && design.scheme.unequal === 'pseudo-arms';
    this.columns = design.arms.flatMap(({ id, ratio }) =>
      Array.from({ length: this.pseudo ? ratio : 1 }, (_, i) => ({
        arm: id,
        slot: i + 1,
        ratio: this.pseudo ? 1 : ratio,
      })),
    );
    this.overall = this.columns.map(() => 0);
    this.carried = false;
    this.levels = new Map();
    this.strata = new Map();
  }

  get stratified() {
    return !['simple', 'minimisation'].includes(this.design.scheme.kind);
  }

  row(factor, level) {
    const key = JSON.stringify([factor, level]);
    if (!this.levels.has(key)) {
      this.levels.set(
        key,
        this.columns.map(() => 0),
      );
    }
    return this.levels.get(key);
  }

  stratum(factors) {
    const key = this.design.factors.map(({ id }) => `${id}=${factors[id]}`).join('|');
    const zeros = () => this.design.arms.map(() => 0);
    if (!this.strata.has(key)) {
      this.strata.set(key, { key, counts: zeros(), drawn: zeros(), remaining: zeros(), size: 0, taken: 0 });
    }
    return this.strata.get(key);
  }

  rows(factors) {
    const rows = this.design.factors.map(({ id }) => this.row(id, factors[id]));
    return this.design.scheme.overall ? [...rows, this.overall] : rows;
  }

  /** The counts that a decision rests on, as they are hashed. */
  basis(factors) {
    if (this.design.scheme.kind === 'minimisation') return this.rows(factors);
    if (!this.stratified) return [this.overall];
    const { counts, drawn, remaining } = this.stratum(factors);
    return [counts, drawn, remaining];
  }

  /** Imbalance of each column as text, and the whole-number weights. */
  weigh(factors) {
    const { scheme, arms } = this.design;
    if (scheme.kind === 'minimisation') return this.minimise(factors);
    const counts = this.stratified ? this.stratum(factors).counts : this.overall;
    const imbalance = arms.map((_, k) => text(this.distance('range', counts, k)));
    return { imbalance, weights: wholeWeights(this.shares(factors).map((share) => [share, 1n])) };
  }

  shares(factors) {
    const { scheme, arms } = this.design;
    const ratios = arms.map(({ ratio }) => ratio);
    if (scheme.kind === 'simple') return ratios.map(BigInt);
    const { counts, drawn, remaining, size, taken, key } = this.stratum(factors);
    const lead = counts[0] - counts[1];
    switch (scheme.kind) {
      case 'permuted-blocks':
        return (size === 0 ? ratios : remaining).map(BigInt);
      case 'block-urn': {
        const complete = Math.min(...drawn.map((n, k) => Math.floor(n / ratios[k])));
        return drawn.map((n, k) => BigInt(ratios[k] * (scheme.lambda + complete) - n));
      }
      case 'efron': {
        const [p, d] = rational(scheme.probability);
        if (lead === 0) return [1n, 1n];
        return lead < 0 ? [p, d - p] : [d - p, p];
      }
      case 'big-stick':
        if (Math.abs(lead) < scheme.limit) return [1n, 1n];
        return lead < 0 ? [1n, 0n] : [0n, 1n];
      case 'list': {
        const line = scheme.entries.filter(({ stratum }) => stratum === key)[taken];
        if (!line) throw new Error('the list of this stratum was used up');
        return arms.map(({ id }) => (id === line.arm ? 1n : 0n));
      }
      default:
        throw new Error(`the scheme ${scheme.kind} is not known to this verifier`);
    }
  }

  /** How unequal a row of counts over ratios is once a participant has joined column k. */
  distance(kind, row, k) {
    const values = row.map((n, j) => [BigInt(n + (j === k ? 1 : 0)), BigInt(this.columns[j].ratio)]);
    const negative = ([a, b]) => [-a, b];
    if (kind === 'range') return plus(greatest(values), negative(smallest(values)));
    const count = BigInt(values.length);
    const sum = values.reduce(plus);
    if (kind === 'variance') {
      const mean = times(sum, [1n, count]);
      const squares = values.map((value) => plus(value, negative(mean))).map((gap) => times(gap, gap));
      return times(squares.reduce(plus), [1n, count - 1n]);
    }
    let gaps = [0n, 1n];
    for (const [i, a] of values.entries()) {
      for (const b of values.slice(i + 1)) {
        const [gap, below] = plus(a, negative(b));
        gaps = plus(gaps, [positive(gap), below]);
      }
    }
    return times(gaps, [sum[1], sum[0] * (count - 1n)]);
  }

  minimise(factors) {
    const { scheme, factors: definitions } = this.design;
    const weights = [...definitions.map(({ weight }) => rational(weight ?? 1)), [1n, 1n]];
    const rows = this.rows(factors);
    const scores = this.columns.map((_, k) =>
      rows.map((row, i) => times(weights[i], this.distance(scheme.distance, row, k))).reduce(plus, [0n, 1n]),
    );
    const least = smallest(scores);
    const best = scores.map((value) => equal(value, least));
    return {
      imbalance: scores.map(text),
      weights: wholeWeights(this.coin(best, rational(scheme.probability))),
    };
  }

  /** Probabilities when the marked columns are tied for the best: they share the best probability by ratio. */
  coin(best, [p, d]) {
    const ratios = this.columns.map(({ ratio }) => ratio);
    const sum = total(ratios);
    const tied = total(ratios.filter((_, j) => best[j]));
    if (tied === sum) return ratios.map((ratio) => reduced(BigInt(ratio), BigInt(sum)));
    const least = Math.min(...ratios);
    let rest = [0n, 1n];
    for (const [j, ratio] of ratios.entries()) {
      if (!best[j]) continue;
      const other = reduced((d - p) * BigInt(sum - ratio), d * BigInt(sum - least));
      rest = plus(rest, times(other, [BigInt(ratio), BigInt(tied)]));
    }
    const preferred = plus([1n, 1n], [-rest[0], rest[1]]);
    return ratios.map((ratio, j) =>
      best[j]
        ? times(preferred, [BigInt(ratio), BigInt(tied)])
        : times(rest, [BigInt(ratio), BigInt(sum - tied)]),
    );
  }

  /** Draws again what the engine drew. */
  draw(factors, weights, generate) {
    const { scheme } = this.design;
    let block;
    if (scheme.kind === 'permuted-blocks' && this.stratum(factors).size === 0) {
      const sizes = ascending(scheme.sizes);
      block = sizes[Number(drawBelow(generate, BigInt(sizes.length)))];
    }
    const column = this.columns[drawPosition(generate, weights)];
    return {
      arm: column.arm,
      block,
      slot: this.columns.length > this.design.arms.length ? column.slot : undefined,
    };
  }

  record({ factors, block, slot }, arm, outside) {
    for (const { id, levels } of this.design.factors) {
      if (!levels.includes(factors[id])) throw new Error(`the factor ${id} has no level “${factors[id]}”`);
    }
    const k = this.design.arms.findIndex(({ id }) => id === arm);
    if (k < 0) throw new Error(`the design has no arm “${arm}”`);
    if (this.stratified) {
      const stratum = this.stratum(factors);
      stratum.counts[k] += 1;
      if (!outside) this.takePlace(stratum, k, block);
    }
    const column = this.column(arm, slot);
    for (const { id } of this.design.factors) this.row(id, factors[id])[column] += 1;
    this.overall[column] += 1;
  }

  takePlace(stratum, k, block) {
    const { scheme, arms } = this.design;
    stratum.drawn[k] += 1;
    stratum.taken += 1;
    if (scheme.kind !== 'permuted-blocks') return;
    if (stratum.size === 0) {
      if (!scheme.sizes.includes(block)) throw new Error('it opened a block, but no valid size is logged');
      stratum.size = block;
      const sum = total(arms.map(({ ratio }) => ratio));
      stratum.remaining = arms.map(({ ratio }) => (ratio * block) / sum);
    }
    if (stratum.remaining[k] < 1) throw new Error('its block had no place left in that arm');
    stratum.remaining[k] -= 1;
    if (total(stratum.remaining) === 0) stratum.size = 0;
  }

  /** Without a logged pseudo-arm (imports, envelopes): the emptiest of the arm's, the first of equals. */
  column(arm, slot) {
    const mine = this.columns.flatMap((column, j) => (column.arm === arm ? [j] : []));
    if (slot !== undefined) return mine[slot - 1];
    return mine.reduce((least, j) => (this.overall[j] < this.overall[least] ? j : least));
  }

  correct(before, after, arm, slot) {
    const column = this.column(arm, slot);
    for (const { id, levels } of this.design.factors) {
      if (before[id] === after[id]) continue;
      if (!levels.includes(after[id])) throw new Error(`the factor ${id} has no level “${after[id]}”`);
      if (levels.includes(before[id])) this.row(id, before[id])[column] -= 1;
      this.row(id, after[id])[column] += 1;
    }
  }

  openBlocks() {
    return [...this.strata.values()]
      .filter(({ size }) => size > 0)
      .map(({ key, size, remaining }) => ({
        stratum: key,
        size,
        remaining: Object.fromEntries(this.design.arms.map(({ id }, k) => [id, remaining[k]])),
      }))
      .sort((a, b) => (a.stratum < b.stratum ? -1 : 1));
  }

  /** A new epoch begins its strata anew; margins go on where arms and ratios are the same. */
  next(design) {
    const after = new Trial(design);
    const shape = (trial) =>
      canonical([trial.columns, trial.design.arms.map(({ id, ratio }) => [id, ratio])]);
    if (shape(after) !== shape(this)) return after;
    for (const { id, levels } of design.factors) {
      const known = this.design.factors.find((factor) => factor.id === id);
      for (const level of levels) {
        if (known?.levels.includes(level))
          after.levels.set(JSON.stringify([id, level]), [...this.row(id, level)]);
      }
    }
    after.overall = [...this.overall];
    after.carried = true;
    return after;
  }
}

// ---------------------------------------------------------------- verification

/** Checks a parsed log. @returns level of checking, what doesn't fit (in order), and the text of a report */
export function verify(log, { last, commitment } = {}) {
  const problems = [];
  const found = (index, what) => problems.push({ index, text: what });
  if (
    log?.format !== 'equipoise-allocation-log-1' ||
    !Array.isArray(log.epochs) ||
    !Array.isArray(log.entries)
  ) {
    throw new TypeError('This is not an exported allocation log (equipoise-allocation-log-1).');
  }
  const epochs = new Map();
  for (const [i, epoch] of log.epochs.entries()) {
    if (epoch.epoch !== i + 1)
      found(null, `The epochs are not numbered from 1 without gaps: ${epoch.epoch}.`);
    epochs.set(epoch.epoch, { ...epoch, seed: seedOf(epoch, found) });
  }
  if (commitment !== undefined && log.epochs[0]?.commitment !== commitment) {
    found(null, 'The first commitment is not the one that was published.');
  }
  const drawable = log.epochs.length > 0 && [...epochs.values()].every(({ seed }) => seed);
  const withheld = log.epochs.some((epoch) => epoch.withheld);
  const opened = log.entries.length > 0 && !withheld && log.entries.every(({ details }) => details);
  const closed = log.entries.find(({ details }) => !details);
  if (closed && log.entries.some(({ details }) => details)) {
    found(closed.index, `The ${closed.kind} ${closed.index} holds no details, though others do.`);
  }
  const level = opened ? (drawable ? 'draws' : 'scores') : 'chain';
  verifyEntries(log, epochs, opened, found);
  const end = log.entries.at(-1)?.hash ?? null;
  if (log.last !== end)
    found(null, 'The end of the log is cut off: its last entry is not the one that it names.');
  if (last !== undefined && end !== last)
    found(null, 'The last entry is not the one that was noted outside.');
  return { level, problems, text: report(log, level, problems, end) };
}

function seedOf({ epoch, design, withheld, designHash, commitment, beacon, secret }, found) {
  if (!withheld && sha256(canonicalDesign(design)).toString('hex') !== designHash) {
    found(null, `Epoch ${epoch}: the design doesn’t have the hash that is given for it.`);
  }
  if (secret === null || secret === undefined) return undefined;
  if (sha256('commit-v1', bytes(secret), bytes(designHash)).toString('hex') !== commitment) {
    found(null, `Epoch ${epoch}: the revealed secret and the design don’t fit the commitment.`);
  }
  return hmac(bytes(secret), bytes(beacon ?? ''), bytes(designHash));
}

function verifyEntries(log, epochs, opened, found) {
  const next = { allocation: 1, correction: 1 };
  const participants = new Map();
  const allocated = new Map();
  const envelopes = new Set();
  let current;
  let trial;
  let previous;
  for (const entry of log.entries) {
    const name = `${entry.kind === 'correction' ? 'Correction' : 'Allocation'} ${entry.index}`;
    const wrong = (what) => found(entry.index, `${name}: ${what}.`);
    const expected = next[entry.kind];
    if (entry.index !== expected) {
      wrong(
        entry.index > expected
          ? `${entry.index - expected === 1 ? `number ${expected} is missing` : `numbers ${expected} to ${entry.index - 1} are missing`} before it`
          : `it is out of order or repeated; number ${expected} is due here`,
      );
    }
    next[entry.kind] = entry.index + 1;
    const epoch = epochs.get(entry.epoch);
    if (!epoch) {
      wrong(`the log has no epoch ${entry.epoch}`);
      continue;
    }
    if (epoch !== current) {
      if (current && epoch.epoch < current.epoch) wrong(`epoch ${epoch.epoch} can’t follow ${current.epoch}`);
      // Epochs in which nobody was allocated leave no entry; their designs and retired blocks count all the same.
      for (const passed of opened ? epochsUpTo(epochs, current?.epoch ?? 0, epoch.epoch) : []) {
        const before = epochs.get(passed.epoch - 1);
        if (trial && before.retired && canonical(trial.openBlocks()) !== canonical(before.retired)) {
          wrong('the blocks retired before it are not those that were open');
        }
        trial = trial ? trial.next(passed.design) : new Trial(passed.design);
        if (!trial.carried) for (const one of allocated.values()) one.counted = false;
      }
      previous = sha256('epoch-v1', bytes(previous ?? '0'.repeat(64)), bytes(epoch.commitment)).toString(
        'hex',
      );
      current = epoch;
    }
    if (entry.previous !== previous) wrong('it doesn’t follow the entry before it in the chain');
    if (entry.design !== epoch.designHash) wrong('it was made under another design');
    if (headerHash(entry) !== entry.hash) wrong('its content was altered after it was hashed');
    previous = entry.hash;
    if (entry.kind === 'allocation' && entry.participant !== undefined) {
      const earlier = participants.get(entry.participant);
      if (earlier) wrong(`the participant was allocated before, by allocation ${earlier}`);
      else participants.set(entry.participant, entry.index);
    }
    if (opened) {
      try {
        verifyOpened(entry, epoch, trial, { allocated, envelopes }, wrong);
      } catch (error) {
        wrong(error.message);
      }
    }
  }
}

/** The epochs after one number, up to and with another, in order. */
function epochsUpTo(epochs, after, last) {
  return [...epochs.values()].filter(({ epoch }) => epoch > after && epoch <= last);
}

function verifyOpened(entry, epoch, trial, { allocated, envelopes }, wrong) {
  const { details, arm, kind, source, commitments } = entry;
  const key = keyOf(entry, epoch, wrong);
  if (key) {
    if (hmac(key, `place|${picked(entry, placeKeys)}`).toString('hex') !== commitments.place) {
      wrong('its place, participant or time is not what was committed to');
    }
    if (hmac(key, `details|${canonical(details)}`).toString('hex') !== commitments.details) {
      wrong('its factors, scores or weights are not those that were committed to');
    }
    if (kind === 'allocation' && hmac(key, arm ?? '').toString('hex') !== commitments.arm) {
      wrong('its arm is not the one that was committed to');
    }
  }
  if (kind === 'correction') {
    const target = allocated.get(details.corrects);
    if (!target) throw new Error(`there is no allocation ${details.corrects} to correct`);
    if (canonical(target.factors) !== canonical(details.before))
      wrong('the factors before it are not as it says');
    if (target.counted) trial.correct(details.before, details.factors, target.arm, target.slot);
    allocated.set(details.corrects, { ...target, factors: details.factors });
    return;
  }
  if (source === 'service') verifyDraw(entry, epoch, trial, wrong);
  if (source === 'envelope') {
    if (envelopes.has(`${epoch.epoch} ${details.envelope}`))
      wrong(`envelope ${details.envelope} was used before`);
    envelopes.add(`${epoch.epoch} ${details.envelope}`);
    if (epoch.seed && envelopeArm(epoch, epoch.seed, details.envelope) !== arm) {
      wrong(`envelope ${details.envelope} didn’t hold this arm`);
    }
  }
  allocated.set(entry.index, { factors: details.factors, arm, slot: details.slot, counted: true });
  trial.record(details, arm, source !== 'service');
}

function keyOf({ key, kind, epoch: number, index }, epoch, wrong) {
  if (!epoch.seed) {
    if (key === undefined) wrong('the key that opens it is missing');
    return key === undefined ? undefined : bytes(key);
  }
  const label = kind === 'allocation' ? 'open-v1' : 'correct-v1';
  const derived = hmac(epoch.seed, label, eight(number), eight(index));
  if (key !== undefined && key !== derived.toString('hex')) wrong('its key doesn’t come from the secret');
  return derived;
}

function verifyDraw({ details, arm, index }, epoch, trial, wrong) {
  const counts = sha256(JSON.stringify(trial.basis(details.factors))).toString('hex');
  if (counts !== details.counts) wrong('it was not made from the counts that the entries before it lead to');
  const { imbalance, weights } = trial.weigh(details.factors);
  if (canonical(imbalance) !== canonical(details.imbalance)) wrong('its scores don’t follow from the counts');
  if (canonical(weights.map(String)) !== canonical(details.weights))
    wrong('its weights don’t follow from the scores');
  if (!epoch.seed) return;
  const again = trial.draw(
    details.factors,
    weights,
    generator(epoch.seed, epoch.design.study, '', epoch.epoch, index),
  );
  if (again.arm !== arm) {
    wrong(
      `the committed secret gives arm “${again.arm}”, the log says “${arm}”: it was drawn again or replaced`,
    );
  } else if (again.block !== details.block || again.slot !== details.slot) {
    wrong('its block size or pseudo-arm is not what the committed secret gives');
  }
}

function report(log, level, problems, end) {
  const count = (kind) => log.entries.filter((entry) => entry.kind === kind).length;
  const from = (source) => log.entries.filter((entry) => entry.source === source).length;
  const lines = [
    `Study ${log.study}: ${count('allocation')} allocations, ${count('correction')} corrections, ${log.epochs.length} epoch(s).`,
  ];
  if (level === 'chain') {
    const list = log.epochs.some(({ withheld }) => withheld);
    const why = list ? 'The list is withheld' : 'The file holds no arms or scores';
    lines.push(`${why}: only the chain was verified, not the scores and not the draws.`);
  } else if (level === 'scores') {
    lines.push('The secret is not revealed: chain, commitments and scores were verified, not the draws.');
  } else lines.push('Chain, commitments, scores and draws were verified.');
  if (from('imported') > 0) {
    lines.push(
      `${from('imported')} allocations were imported from elsewhere; their draws can’t be verified.`,
    );
  }
  for (const { epoch, commitment } of log.epochs) lines.push(`Commitment of epoch ${epoch}: ${commitment}`);
  lines.push(`Last entry: ${end ?? 'none'}`);
  if (problems.length === 0) return [...lines, 'Everything fits.', ''].join('\n');
  const [first] = problems;
  lines.push(`DOES NOT FIT. First: ${first.text}`);
  for (const { text: problem } of problems.slice(1, 50)) lines.push(`  ${problem}`);
  if (problems.length > 50) lines.push(`  and ${problems.length - 50} more`);
  return [...lines, ''].join('\n');
}

function main([path, ...rest]) {
  if (!path || path.startsWith('--')) {
    process.stderr.write('Usage: node verifier.mjs EXPORT.json [--last HASH] [--commitment HASH]\n');
    return 2;
  }
  const option = (name) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
  try {
    const log = JSON.parse(readFileSync(path, 'utf8'));
    const result = verify(log, { last: option('--last'), commitment: option('--commitment') });
    process.stdout.write(result.text);
    return result.problems.length === 0 ? 0 : 1;
  } catch (error) {
    process.stderr.write(`The log can’t be verified: ${error.message}\n`);
    return 2;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  process.exitCode = main(process.argv.slice(2));
}
