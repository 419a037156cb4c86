import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { PROGRAMMES, scriptElsewhere } from '../../server/analyses/code/elsewhere/scripts.ts';
import { valuesOf } from '../../server/analyses/code/elsewhere/values.ts';
import { planDocument } from '../../server/analyses/plan.ts';
import { everything, nasty, runEverything, trialOf } from '../analysis/estimands/everything.ts';
import { planOf } from '../analysis/estimands/trial.ts';

const plan = planDocument.parse(planOf(everything, nasty));
const csv = trialOf(48, 5);
const written = plan.analyses.flatMap((analysis) =>
  PROGRAMMES.map((programme) => ({
    programme,
    analysis,
    script: scriptElsewhere(programme, plan, analysis),
  })),
);

const scriptFor = (programme: (typeof PROGRAMMES)[number], wanted: object): string => {
  const found = written.find(
    ({ programme: one, analysis, script }) =>
      one === programme &&
      'code' in script &&
      Object.entries(wanted).every(
        ([key, value]) => (analysis.estimator as Record<string, unknown>)[key] === value,
      ),
  );
  if (!found || !('code' in found.script)) throw new Error(`${programme}: no script`);
  return found.script.code;
};

describe('scripts for programmes that aren’t here', () => {
  test('say that no test runs them, begin from the values, and leave no gap', () => {
    const codes = written.flatMap(({ script }) => ('code' in script ? [script.code] : []));
    expect(codes.length).toBeGreaterThan(60);
    for (const code of codes) {
      expect(code).toMatch(/tests run the R script, not this one/);
      expect(code).toContain('values.csv');
      expect(code).not.toMatch(/undefined|NaN|\[object|\bnull\b/);
    }
  });

  test('where a programme has no such procedure there is a sentence and no script', () => {
    for (const { analysis, script } of written) {
      if ('code' in script) continue;
      expect(script.reason).toMatch(/^[A-Z].*\.$/);
      expect(script.reason).not.toMatch(/undefined|NaN/);
      expect(analysis.estimator.method).toBeDefined();
    }
    const imputed = written.filter(({ analysis }) => analysis.missing.method === 'multiple-imputation');
    expect(imputed.length).toBeGreaterThan(0);
    for (const { script } of imputed)
      expect(script).toEqual({ reason: expect.stringContaining('draws at random') });
  });

  // The options are those of the makers' manuals: SAS/STAT, PROC FREQ (RISKDIFF, RELRISK), PROC MIXED; Stata, cii, ttest,
  // mixed; SPSS Statistics, PROPORTIONS and MIXED.
  test.each([
    [
      'SAS',
      { method: 'risk-difference', interval: 'newcombe' },
      'riskdiff(cl=newcombe column=1) alpha=0.05;',
    ],
    ['SAS', { method: 'risk-difference', interval: 'miettinen-nurminen' }, 'riskdiff(cl=mn column=1)'],
    ['SAS', { method: 'risk-difference', interval: 'mantel-haenszel' }, 'commonriskdiff(cl=mh column=1)'],
    ['SAS', { method: 'risk-ratio', interval: 'koopman' }, 'relrisk(cl=(score(correct=no)) column=1)'],
    ['SAS', { method: 'mmrm', structure: 'unstructured', degrees: 'kenward-roger' }, 'ddfm=kr;'],
    [
      'Stata',
      { method: 'risk-difference', interval: 'newcombe' },
      "cii proportions `n' `x', wilson level(95)",
    ],
    ['Stata', { method: 'welch' }, 'ttest y, by(second) unequal level(95)'],
    ['Stata', { method: 'mmrm', structure: 'unstructured', degrees: 'kenward-roger' }, 'dfmethod(kroger)'],
    ['SPSS', { method: 'risk-difference', interval: 'newcombe' }, 'CITYPES=NEWCOMBE'],
    ['SPSS', { method: 'mmrm', degrees: 'kenward-roger' }, 'DFMETHOD(KENWARDROGER)'],
    ['SPSS', { method: 'logistic', interval: 'wald' }, '/CONTRAST(arm_no)=INDICATOR(3)'],
  ] as const)('%s, %j: %s', (programme, estimator, words) => {
    expect(scriptFor(programme, estimator)).toContain(words);
  });

  test('no title ends a comment or begins another command', () => {
    const title = 'Trial */ x; "quoted" `macro\' /* %let a=1; $g\nsecond line.';
    const own = { ...plan, title };
    for (const programme of PROGRAMMES) {
      const script = scriptElsewhere(programme, own, plan.analyses[0]!);
      if (!('code' in script)) throw new Error(programme);
      const [first] = script.code.split('\n');
      expect(first).toMatch(/^(?:\/\* Trial .* \*\/|\* Trial .*)$/);
      expect(first!.slice(2, -3)).not.toMatch(/\*\/|\/\*|["`$']/);
      expect(script.code).not.toContain('\nsecond line');
    }
  });
});

describe('the values that they begin from', () => {
  const results = runEverything(csv);
  test('have the people of every row of results, arm by arm', () => {
    let compared = 0;
    for (const [index, analysis] of plan.analyses.entries()) {
      if (analysis.missing.method === 'multiple-imputation' || analysis.missing.method === 'reference-based')
        continue;
      const rows = parse(valuesOf(plan, analysis, csv), { columns: true }) as Record<string, string>[];
      for (const row of results.rows.filter((one) => one.analysis === `a${index}` && one.versus === null)) {
        if (row.denominator === null || row.numerator === null) continue;
        const own = rows.filter(({ visit, arm }) => visit === row.visit && arm === row.arm);
        expect([own.filter(({ y }) => y === '1').length, own.length]).toEqual([
          row.numerator,
          row.denominator,
        ]);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(30);
  });

  test('number the reference last', () => {
    const rows = parse(valuesOf(plan, plan.analyses[0]!, csv), { columns: true }) as Record<string, string>[];
    expect(new Map(rows.map(({ arm, arm_no }) => [arm, arm_no])).get('TAU')).toBe('3');
  });
});
