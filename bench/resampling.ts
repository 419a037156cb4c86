import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { drive } from '../analysis/tasks/task.ts';
import type { Design } from '../randomisation/index.ts';
import { stepsOnFiles } from '../server/analyses/run.ts';
import { runOnThreads } from '../server/analyses/workers.ts';
import { type Benchmark, median } from './benchmark.ts';
import { type TimedR, timeR } from './beside-r.ts';
import { eachVisitor } from './repeated-trial.ts';

const run = promisify(execFile);
const ARMS = ['TAU', 'A', 'B'];
const SITES = ['S1', 'S2', 'S3', 'S4'];

/** 134 people with a baseline and three visits, some of them missing; `response` is at the last, missing counts as none. */
function trial(): string {
  const lines = ['id,order,arm,site,sex,baseline,v1,v2,v3,response'];
  eachVisitor(134, 3, ({ arm, baseline, values }, index) => {
    const cells = Array.from(values, (value) => (Number.isNaN(value) ? '' : value.toFixed(1)));
    const last = values[2]!;
    const response = !Number.isNaN(last) && last <= 0.6 * baseline ? 1 : 0;
    const site = SITES[(index * 7) % 4];
    const sex = index % 5 < 3 ? 'F' : 'M';
    lines.push([index + 1, index + 1, ARMS[arm], site, sex, baseline.toFixed(1), ...cells, response].join());
  });
  return `${lines.join('\n')}\n`;
}

const design: Design = {
  engine: 1,
  study: 'bench',
  arms: ARMS.map((id) => ({ id, ratio: 1 })),
  factors: [
    { id: 'site', levels: SITES },
    { id: 'sex', levels: ['F', 'M'] },
  ],
  scheme: { kind: 'minimisation', distance: 'range', probability: '4/5', overall: true },
};

const frame = {
  equipoise: 'plan/1',
  id: 'bench',
  title: 'Bench',
  data: {
    format: 'wide',
    subject: 'id',
    arm: 'arm',
    visits: [
      { id: 'v0', label: 'Baseline', day: 0, baseline: true },
      ...[1, 2, 3].map((t) => ({ id: `v${t}`, label: `Visit ${t}`, day: 30 * t })),
    ],
    measures: [
      {
        id: 'score',
        label: 'Score',
        better: 'lower',
        columns: { v0: 'baseline', v1: 'v1', v2: 'v2', v3: 'v3' },
      },
      { id: 'response', label: 'Response', better: 'higher', columns: { v3: 'response' } },
    ],
    covariates: [
      { id: 'site', label: 'Site', column: 'site', kind: 'factor' },
      { id: 'sex', label: 'Sex', column: 'sex', kind: 'factor' },
      { id: 'base', label: 'Baseline', column: 'baseline', kind: 'number' },
    ],
    allocation: { order: 'order', factors: { site: 'site', sex: 'sex' }, design },
  },
  arms: ARMS.map((id) => ({ id, label: id, reference: id === 'TAU' })),
};

function planFor(estimator: object, missing: object, binary: boolean) {
  return {
    ...frame,
    analyses: [
      {
        id: 'bench',
        label: 'Bench',
        role: 'primary',
        missing,
        estimator,
        estimand: {
          treatments: [['A', 'TAU']],
          variable: binary ? { kind: 'binary', measure: 'response' } : { kind: 'value', measure: 'score' },
          visits: ['v3'],
          summary: binary ? 'risk-difference' : 'mean-difference',
        },
      },
    ],
  };
}

const stepsFor = (plan: object, csv: string) =>
  stepsOnFiles(
    { path: 'trial.csv', bytes: Buffer.from(csv) },
    { path: 'plan.yaml', bytes: Buffer.from(JSON.stringify(plan)) },
    { seed: 1, ranAt: '2026-01-01T00:00:00.000Z' },
  );

/** Seconds of `equipoise analyse` as a process of its own, Node's start and the files among them. */
async function wholeProcess(plan: object, csv: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'equipoise-bench-'));
  try {
    await writeFile(join(folder, 'trial.csv'), csv);
    await writeFile(join(folder, 'plan.yaml'), JSON.stringify(plan));
    const command = fileURLToPath(new URL('../bin/equipoise.mjs', import.meta.url));
    const once = () =>
      run(process.execPath, [command, 'analyse', 'trial.csv', '--plan', 'plan.yaml', '--out', 'out.json'], {
        cwd: folder,
      });
    // The first may have to build.
    await once();
    const begin = performance.now();
    await once();
    return (performance.now() - begin) / 1000;
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Asked {
  name: string;
  what: string;
  estimator: object;
  missing: object;
  binary: boolean;
  /** R's script, without which there is no baseline. */
  script: string | null;
  /** Share of the work that R's script does. */
  part?: number;
  /** Whether the work goes to threads, one for each core. */
  threads: boolean;
}

function besideR({ name, what, estimator, missing, binary, script, part, threads }: Asked): Benchmark {
  return {
    name,
    what,
    async run() {
      const csv = trial();
      const plan = planFor(estimator, missing, binary);
      const times: number[] = [];
      for (let count = 0; count < 4; count++) {
        const begin = performance.now();
        const steps = stepsFor(plan, csv);
        const { rows } = threads ? await runOnThreads(steps) : drive(steps);
        const fault = rows.find((row) => row.versus !== null && row.reason !== null);
        if (fault) throw new Error(fault.reason!);
        if (count > 0) times.push((performance.now() - begin) / 1000);
      }
      const value = median(times);
      const whole = await wholeProcess(plan, csv);
      const r = script === null ? null : await beside(script, csv, part);
      return {
        value,
        unit: 's',
        baseline: r?.warm ?? null,
        ratio: r ? r.warm / value : null,
        against: r
          ? `${r.used}, warm, R ÷ ours; whole processes ${r.whole.toFixed(1)} s and ${whole.toFixed(2)} s, ${(r.whole / whole).toFixed(0)} times`
          : script === null
            ? `nothing in R does it; whole process ${whole.toFixed(2)} s`
            : `R is not installed; whole process ${whole.toFixed(2)} s`,
      };
    },
  };
}

async function beside(script: string, csv: string, part?: number): Promise<TimedR | null> {
  const folder = await mkdtemp(join(tmpdir(), 'equipoise-bench-'));
  try {
    const path = join(folder, 'trial.csv');
    await writeFile(path, csv);
    return await timeR(script, path, 1, part);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const read = `d <- read.csv(data, stringsAsFactors = TRUE); d$arm <- relevel(d$arm, "TAU")`;

export const mi1000 = besideR({
  name: 'mi-1000',
  what: '1,000 imputations by chained equations with a pooled ANCOVA, 134 × 3',
  estimator: { method: 'ancova' },
  missing: { method: 'multiple-imputation', imputations: 1000, model: 'chained' },
  binary: false,
  threads: false,
  script: `${read}; suppressMessages(library(mice)); used <- paste("mice", packageVersion("mice"), "(50 imputations, times 20)")
work <- function() { m <- mice(d[, c("arm", "baseline", "v1", "v2", "v3")], m = 50, method = "norm", maxit = 10, printFlag = FALSE)
  summary(pool(with(m, lm(v3 ~ arm + baseline)))) }`,
  part: 1 / 20,
});

export const bootstrap10000 = besideR({
  name: 'bootstrap-10000',
  what: '10,000 BCa replicates of a covariate-adjusted risk difference, 134 people, on all cores',
  estimator: {
    method: 'standardisation',
    covariates: ['base', 'sex'],
    baseline: false,
    variance: 'bootstrap',
    replicates: 10_000,
    interval: 'bca',
  },
  missing: { method: 'observed' },
  binary: true,
  threads: true,
  script: `${read}; suppressMessages(library(boot)); used <- paste("boot", packageVersion("boot"), "around glm (500 replicates, times 20)")
risk <- function(data, rows) { x <- data[rows, ]; g <- suppressWarnings(glm(response ~ arm + baseline + sex, binomial, x))
  at <- function(a) { x$arm <- factor(a, levels(data$arm)); mean(predict(g, x, type = "response")) }; at("A") - at("TAU") }
work <- function() boot(d, risk, 500, strata = d$arm)`,
  part: 1 / 20,
});

export const rerandomise100000 = besideR({
  name: 'rerandomise-100000',
  what: '100,000 replays of a minimised trial of 134, on all cores',
  estimator: { method: 'rerandomisation', replicates: 100_000 },
  missing: { method: 'observed' },
  binary: false,
  threads: true,
  script: null,
});
