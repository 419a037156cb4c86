import { describe, expect, test } from 'vitest';
import { reportFigures } from '../../../analysis/report/figures.ts';
import { reportHtml } from '../../../analysis/report/html.ts';
import { makeReport, readResults } from '../../../server/analyses/report.ts';
import { Refused } from '../../../server/errors.ts';
import { response, runAnalyses } from '../estimands/trial.ts';

const results = runAnalyses([
  {
    id: 'planned',
    label: 'Response <at> 12 months',
    estimator: { method: 'risk-difference' },
    missing: { method: 'non-response' },
    estimand: response,
  },
  { id: 'scores', label: 'Scores', role: 'exploratory', estimator: { method: 'ancova' } },
  {
    id: 'imputed',
    label: 'Jump to reference',
    role: 'sensitivity',
    estimator: { method: 'ancova' },
    missing: { method: 'reference-based', strategy: 'J2R' },
  },
]);

describe('the report', () => {
  test('asks nothing of the network, in tables, figures or type', async () => {
    const html = await makeReport(results);
    expect(html.match(/<svg /g)).toHaveLength(5);
    const addresses = [...html.matchAll(/(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)/g)].map(([, a]) => a!);
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !/^(#|data:font\/woff2;base64,)/.test(address))).toEqual([]);
    expect(html).not.toMatch(/<(script|link|img|iframe)\b|@import/);
    expect(html).toContain("default-src 'none'");
  });

  test('tells planned from exploratory, and escapes the plan’s words', () => {
    const html = reportHtml(results, []);
    const cut = html.indexOf('<h2>Exploratory analyses</h2>');
    const planned = html.slice(html.indexOf('<h2>Analyses per plan</h2>'), cut);
    const exploratory = html.slice(cut, html.indexOf('<h2>Methods</h2>'));
    expect(planned).toContain('Response &lt;at&gt; 12 months');
    expect(planned).toContain('Jump to reference');
    expect(planned).not.toContain('Scores');
    expect(exploratory).toContain('Scores');
    expect(html).not.toContain('<at>');
  });

  test('prints counts, per cents and points, methods and their sources, and what reproduces it', () => {
    const html = reportHtml(results, []);
    // 16/45 and 6/45: 35.6% − 13.3% = 22.2 points.
    expect(html).toContain('>16/45<');
    expect(html).toContain('>+22.2 points (+4.4 to +38.5)<');
    expect(html).toContain('jump to reference by conditional means, with jackknife standard errors');
    expect(html).toContain('Newcombe RG. Stat Med 1998;17:873–890');
    for (const fact of [
      results.plan.sha256,
      results.data.sha256,
      results.engine.version,
      results.engine.ranAt,
    ])
      expect(html).toContain(fact);
  });

  test('draws a chart only where it says what was done', () => {
    const titles = (more: object) =>
      reportFigures(
        runAnalyses([{ estimator: { method: 'risk-difference', ...more }, estimand: response }]),
      ).map(({ analysis, chart }) =>
        analysis === null
          ? null
          : chart.title.startsWith('Differences')
            ? 'difference'
            : chart.subtitle.startsWith('Risk difference in')
              ? 'comparison'
              : 'response',
      );
    expect(titles({})).toEqual([null, 'response', 'difference']);
    expect(titles({ interval: 'miettinen-nurminen' })).toEqual([null, 'response', 'comparison']);
    expect(titles({ proportion: 'jeffreys' })).toEqual([null, 'difference']);
  });

  test('fills the squares of the primary comparisons, and of those alone', () => {
    const subtitle = (role: 'primary' | 'sensitivity' | 'exploratory') =>
      reportFigures(
        runAnalyses([{ role, estimator: { method: 'risk-difference' }, estimand: response }]),
      ).find(({ chart }) => chart.title.startsWith('Differences'))!.chart.subtitle;
    expect(subtitle('primary')).toContain('Filled squares: primary comparisons');
    for (const role of ['sensitivity', 'exploratory'] as const)
      expect(subtitle(role)).not.toContain('Filled');
  });

  test('draws ratios on a logarithmic axis, and shifts', async () => {
    const binary = { ...response, summary: 'odds-ratio' };
    const own = runAnalyses([
      { label: 'Odds of response', estimator: { method: 'logistic', covariates: ['sex'] }, estimand: binary },
      {
        label: 'Ratio of risks',
        estimator: { method: 'risk-ratio' },
        estimand: { ...response, summary: 'risk-ratio' },
      },
      { label: 'Shift', estimator: { method: 'mann-whitney' }, estimand: { summary: 'shift' } },
    ]);
    const charts = reportFigures(own).filter(({ analysis }) => analysis !== null);
    expect(charts.map(({ chart }) => chart.subtitle)).toEqual([
      'Odds ratio with 95% CI, logarithmic axis',
      'Risk ratio with 95% CI, logarithmic axis',
      'Hodges–Lehmann shift with 95% CI',
    ]);
    expect(JSON.stringify(charts[0]!.chart.spec)).toContain('"type":"log"');
    expect(JSON.stringify(charts[2]!.chart.spec)).not.toContain('"type":"log"');
    const row = own.rows.find(({ analysis, versus }) => analysis === 'a1' && versus !== null)!;
    expect(charts[1]!.chart.description).toContain(
      `CBT against Usual care: ${row.estimate!.toFixed(2)} (${row.lower!.toFixed(2)} to ${row.upper!.toFixed(2)})`,
    );
  });

  test('says plainly where the data are synthetic', () => {
    expect(reportHtml(results, [])).not.toContain('Synthetic');
    const html = reportHtml({ ...results, synthetic: 'Drawn <from> a seed.' }, []);
    expect(html.slice(0, html.indexOf('<h2>'))).toContain(
      '<b>Synthetic data.</b> These are not results of a trial. Drawn &lt;from&gt; a seed.',
    );
  });

  test('another file is refused in words', () => {
    expect(() => readResults('no', 'a.json')).toThrow(Refused);
    expect(() => readResults('{"format":"x"}', 'a.json')).toThrow('a.json isn’t a results file.');
    expect(readResults(JSON.stringify(results), 'a.json')).toEqual(results);
  });
});
