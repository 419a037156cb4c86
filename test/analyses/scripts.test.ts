import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { EstimateRow } from '../../analysis/estimands/results.ts';
import { scriptOf } from '../../server/analyses/code/script.ts';
import { planDocument } from '../../server/analyses/plan.ts';
import { everything, nasty, runEverything, trialOf } from '../analysis/estimands/everything.ts';
import { type Given, planOf } from '../analysis/estimands/trial.ts';

const run = promisify(execFile);
const hasR = await run('Rscript', ['--version']).then(
  () => true,
  () => false,
);

const DRAWS: Record<string, number> = { rerandomisation: 400, standardisation: 150, bootstrap: 3000 };

/** Enough draws for a Monte Carlo error to be known, few enough for a test. */
const enough = (given: Given): Given => ({
  ...given,
  ...(given.estimator.replicates !== undefined && {
    estimator: { ...given.estimator, replicates: DRAWS[given.estimator.method as string] },
  }),
  ...(given.missing?.imputations !== undefined && { missing: { ...given.missing, imputations: 30 } }),
});
const analyses = everything.map(enough);
const plan = planDocument.parse(planOf(analyses, nasty));
const scripts = plan.analyses.map((analysis) => scriptOf(plan, analysis));

test('every analysis has its script, but for structures other than unstructured in each arm', () => {
  expect(analyses.filter((_, i) => 'reason' in scripts[i]!)).toEqual([]);
  const own = plan.analyses.find(({ estimator }) => estimator.method === 'mmrm')!;
  const estimator = { ...own.estimator, covariances: 'by-arm', structure: 'ar1' } as typeof own.estimator;
  expect(scriptOf(plan, { ...own, estimator })).toEqual({
    reason: expect.stringContaining('ar1 structure in each arm'),
  });
});

test('where the allocation can’t be replayed the reason says so', () => {
  const { allocation, ...data } = plan.data;
  const own = plan.analyses.find(({ estimator }) => estimator.method === 'rerandomisation')!;
  const found = scriptOf({ ...plan, data: { ...data, unreplayable: 'The list is all there is.' } }, own);
  expect(found).toEqual({ reason: expect.stringMatching(/^The list is all there is\. The plan/) });
});

type Found = Record<string, string>;

/** The script without its title: options that R computes alike have the same. */
const bodyOf = (code: string) => code.slice(code.indexOf('args <-'));

/** What each script prints, all of them in one R, each in an environment of its own. */
async function runScripts(csv: string): Promise<Map<string, Found[] | string>> {
  const folder = await mkdtemp(join(tmpdir(), 'equipoise-scripts-'));
  const bodies = [...new Set(scripts.flatMap((script) => ('code' in script ? bodyOf(script.code) : [])))];
  try {
    await writeFile(join(folder, 'data.csv'), csv);
    await Promise.all(bodies.map((body, i) => writeFile(join(folder, `${i}.R`), body)));
    const all = `
      options(warn = -1)
      for (i in 0:${bodies.length - 1}) {
        said <- tryCatch(capture.output(source(file.path("${folder}", paste0(i, ".R")), local = new.env())),
                         error = function(e) paste("Error:", conditionMessage(e)))
        cat("### ", i, "\\n", paste(said, collapse = "\\n"), "\\n", sep = "")
      }`;
    await writeFile(join(folder, 'all.R'), all);
    const { stdout } = await run('Rscript', [join(folder, 'all.R'), join(folder, 'data.csv')], {
      maxBuffer: 1 << 26,
    });
    return new Map(
      stdout
        .split('### ')
        .slice(1)
        .map((part) => {
          const [at, ...lines] = part.split('\n');
          const text = lines.join('\n').trim();
          return [bodies[Number(at)]!, text.startsWith('visit') ? parse(text, { columns: true }) : text];
        }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.runIf(hasR)('each script gives our numbers from the exported CSV', () => {
  const csv = trialOf(48, 5);
  const ours = runEverything(csv, analyses);
  const mixed = ['mmrm', 'random-intercept', 'random-slope', 'partially-nested'];
  /** Whether numbers can agree to rounding only, or as far as chance lets them. */
  const isDrawn = ({ estimator, missing }: Given) =>
    estimator.method === 'bootstrap' ||
    estimator.method === 'rerandomisation' ||
    estimator.variance === 'bootstrap' ||
    missing?.method === 'multiple-imputation' ||
    missing?.inference === 'rubin';

  function compare(given: Given, row: EstimateRow, found: Found) {
    const said = `${JSON.stringify(given)} ${row.arm} ${row.versus}: ${JSON.stringify(found)} for ${JSON.stringify(row)}`;
    const value = (key: string) =>
      found[key] === undefined || found[key] === 'NA' ? null : Number(found[key]);
    const near = (key: 'estimate' | 'lower' | 'upper' | 'p' | 'se', limit: number) => {
      const [r, own] = [value(key), row[key]];
      if (r === null || own === null || !Number.isFinite(r)) return;
      expect(Math.abs(r - own), `${key} of ${said}`).toBeLessThan(limit * Math.max(1, Math.abs(own)));
    };
    if (row.estimate !== null) expect(value('estimate'), said).not.toBeNull();
    else expect(row.p, said).not.toBeNull();
    if (isDrawn(given)) {
      const mcse = value('mcse') ?? 0;
      if (given.missing?.imputations !== undefined) {
        // Both sides draw: the error of the difference is √2 of one.
        expect(Math.abs(value('estimate')! - row.estimate!), said).toBeLessThan(4 * Math.SQRT2 * mcse + 1e-9);
        expect(Math.abs(value('se')! / row.se! - 1), said).toBeLessThan(0.25);
      } else if (given.estimator.method === 'rerandomisation') {
        near('estimate', 1e-9);
        expect(Math.abs(value('p')! - row.p!), said).toBeLessThan(4 * Math.SQRT2 * mcse + 0.01);
      } else {
        near('estimate', 1e-7);
        const width = row.upper! - row.lower!;
        for (const key of ['lower', 'upper'] as const)
          expect(Math.abs(value(key)! - row[key]!), said).toBeLessThan(
            (given.estimator.method === 'bootstrap' ? 0.1 : 0.35) * width,
          );
      }
      return;
    }
    if (mixed.includes(given.estimator.method as string)) {
      near('estimate', 2e-3);
      // Kenward and Roger's errors, which ours are by default, are a few hundredths above the model's.
      near('se', 6e-2);
      return;
    }
    const loose = given.missing?.method === 'reference-based' || given.adjust === 'dunnett';
    for (const key of ['estimate', 'lower', 'upper', 'p', 'se'] as const) near(key, loose ? 1e-3 : 1e-6);
  }

  test('all of them', async () => {
    const found = await runScripts(csv);
    let compared = 0;
    analyses.forEach((given, i) => {
      const script = scripts[i]!;
      if ('reason' in script) return;
      const printed = found.get(bodyOf(script.code))!;
      if (typeof printed === 'string') throw new Error(`${JSON.stringify(given)}: ${printed}`);
      const own = ours.rows.filter(
        (row) => row.analysis === `a${i}` && (row.versus !== null || row.measure === 'association'),
      );
      for (const row of own) {
        if (row.reason !== null && row.estimate === null && row.p === null) continue;
        const same = printed.find(
          (one) =>
            one.visit === row.visit &&
            one.arm === (row.arm ?? 'NA') &&
            one.versus === (row.versus ?? 'NA') &&
            (row.covariate === null || one.covariate === row.covariate) &&
            (row.delta === null || Number(one.delta) === row.delta),
        );
        expect(same, `${JSON.stringify(given)} ${row.arm} ${JSON.stringify(printed)}`).toBeDefined();
        compare(given, row, same!);
        compared++;
      }
    });
    expect(compared).toBeGreaterThan(250);
  }, 300_000);
});
