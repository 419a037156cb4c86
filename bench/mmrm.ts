import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { structureNamed } from '../analysis/models/covariance.ts';
import { mixedContrast } from '../analysis/models/degrees.ts';
import { differenceRow, meanRow } from '../analysis/models/least-squares-means.ts';
import { fitMixedFrom, type MixedFit } from '../analysis/models/mixed-fit.ts';
import { fitMmrm } from '../analysis/models/mmrm.ts';
import { type Benchmark, median } from './benchmark.ts';
import { timeR } from './beside-r.ts';
import { formulaOf, longTrial, sourceOf } from './repeated-trial.ts';

/** Unstructured covariance by REML, with Kenward–Roger where the package has it. */
const script = `
d <- read.csv(data, colClasses = c(id = "factor", visit = "factor"))
d$arm <- relevel(factor(d$arm), "TAU")
if (requireNamespace("mmrm", quietly = TRUE)) {
  used <- paste("mmrm", packageVersion("mmrm"), "with Kenward-Roger")
  work <- function() mmrm::df_1d(mmrm::mmrm(y ~ baseline + arm * visit + us(visit | id), d, method = "Kenward-Roger"),
    c(0, 0, 1, rep(0, 1 + 3 * (nlevels(d$visit) - 1))))
} else {
  used <- paste("nlme::gls", packageVersion("nlme"), "without Kenward-Roger")
  work <- function() nlme::gls(y ~ baseline + arm * visit, d, correlation = nlme::corSymm(form = ~ as.integer(visit) | id),
    weights = nlme::varIdent(form = ~ 1 | visit), control = nlme::glsControl(opt = "optim", maxIter = 200, msMaxIter = 200))
}`;

/** Fits and tests one difference at the last visit, by Kenward and Roger. */
function contrast(fit: MixedFit, visits: number): void {
  const at = (arm: string) => meanRow(fit.design, { arm, visit: `${visits}`, baseline: 22 }, 'equal');
  const result = mixedContrast(fit, differenceRow(at('A'), at('TAU')), 'kenward-roger');
  if ('reason' in result) throw new Error(result.reason);
}

/** A benchmark of the repeated-measures model beside R. */
export function mmrm(participants: number, visits: number, runs: { ours: number; r: number }): Benchmark {
  return {
    name: `mmrm-${participants}x${visits}`,
    what: `unstructured repeated-measures model of ${participants} × ${visits} with Kenward–Roger`,
    async run() {
      const { id, y, ...rows } = longTrial(participants, visits);
      const formula = formulaOf(visits, rows);
      const names = Array.from({ length: visits }, (_, t) => `${t + 1}`);
      const times: number[] = [];
      for (let count = 0; count < 2 * runs.ours; count++) {
        const begin = performance.now();
        const fit = fitMmrm({ formula, y, subject: id, visit: rows.visit, visits: names });
        if (!fit.converged) throw new Error(fit.reason);
        contrast(fit, visits);
        if (count >= runs.ours) times.push((performance.now() - begin) / 1000);
      }
      const value = median(times);
      const folder = await mkdtemp(join(tmpdir(), 'equipoise-bench-'));
      try {
        const path = join(folder, 'trial.csv');
        const lines = y.map((v, i) => [id[i], rows.arm[i], rows.visit[i], rows.baseline[i], v].join(','));
        await writeFile(path, ['id,arm,visit,baseline,y', ...lines].join('\n'));
        const r = await timeR(script, path, runs.r);
        return {
          value,
          unit: 's',
          baseline: r?.warm ?? null,
          ratio: r ? r.warm / value : null,
          against: r
            ? `${r.used}, warm, R ÷ ours; R's whole process ${r.whole.toFixed(1)} s`
            : 'R is not installed',
        };
      } finally {
        await rm(folder, { recursive: true });
      }
    },
  };
}

export const mmrmMillion: Benchmark = {
  name: 'mmrm-1000000x4',
  what: 'the same model of 1,000,000 × 4, one participant after the other',
  async run() {
    const { source, design } = sourceOf(1_000_000, 4);
    const before = process.memoryUsage().rss;
    const begin = performance.now();
    source.each(() => undefined);
    const reading = (performance.now() - begin) / 1000;
    const started = performance.now();
    const structure = structureNamed('unstructured', 4);
    const fit = fitMixedFrom(
      source,
      design,
      [{ structure, index: structure.parameters.map((_, k) => k) }],
      'REML',
    );
    if (!fit.converged) throw new Error(fit.reason);
    contrast(fit, 4);
    const value = (performance.now() - started) / 1000;
    const grown = (process.memoryUsage().rss - before) / 1e6;
    return {
      value,
      unit: 's',
      baseline: reading,
      ratio: value / reading,
      against: `going through the people once; memory grew by ${Math.max(0, grown).toFixed(0)} MB`,
    };
  },
};
