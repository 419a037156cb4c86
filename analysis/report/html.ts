import type { AnalysisSummary, PlanResults } from '../estimands/results.ts';
import { STRATEGY_WORDS } from '../estimands/wording.ts';
import { escapeHtml as e } from './escape.ts';
import { resultsTable } from './results-table.ts';
import { STYLE } from './style.ts';

/** Says an English text of the report in its language. */
export type Say = (text: string) => string;
/** What a report is written in: English where it isn’t given. */
export interface ReportLanguage {
  lang: string;
  say: Say;
}
const english: ReportLanguage = { lang: 'en-GB', say: (text) => text };

/** A figure that is drawn already. */
export interface DrawnFigure {
  analysis: string | null;
  title: string;
  subtitle: string;
  svg: string;
}

/**
 * The report as one HTML file that asks nothing of the network: title, estimands, results and figures, methods with
 * their sources, and what is needed to run it again. What was planned and what is exploratory stand apart.
 *
 * @param fontFaces CSS that holds the typeface itself
 * @param language what it is said in; numbers, hashes, names of files and sources stay as they are
 */
export function reportHtml(
  results: PlanResults,
  figures: readonly DrawnFigure[],
  fontFaces = '',
  { lang, say }: ReportLanguage = english,
): string {
  const w = (text: string) => e(say(text));
  const planned = results.analyses.filter((analysis) => analysis.perPlan);
  const exploratory = results.analyses.filter((analysis) => !analysis.perPlan);
  const { plan, data, engine, arms, synthetic } = results;
  const section = (analysis: AnalysisSummary) => analysisSection(results, analysis, figures, say);
  const sources = [...new Set(results.analyses.flatMap(({ references }) => references))].sort();
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${e(plan.title)}</title>
<style>${fontFaces}${STYLE}</style>
</head>
<body>
<header>
<h1>${e(plan.title)}</h1>
<p>${w(`${data.participants} participants`)}: ${arms.map((arm) => `${w(arm.label)} ${arm.participants}`).join(', ')}. ${w('Analysed')} ${e(when(engine.ranAt))}.</p>
</header>
${synthetic === undefined ? '' : `<p class="warn"><b>${w('Synthetic data.')}</b> ${w('These are not results of a trial.')} ${w(synthetic)}</p>\n`}<h2>${w('Estimands')}</h2>
${estimandsTable(results, say)}
<h2>${w('As observed')}</h2>
${figuresOf(figures, null)}
${describedTable(results, say)}
<h2>${w('Analyses per plan')}</h2>
${planned.length > 0 ? planned.map(section).join('\n') : `<p>${w('The plan has none.')}</p>`}
<h2>${w('Exploratory analyses')}</h2>
${exploratory.length > 0 ? `<p class="warn">${w('Not planned before the data were seen, or named exploratory by the plan. They raise questions and settle none.')}</p>\n<div class="exploratory">${exploratory.map(section).join('\n')}</div>` : `<p>${w('None: every analysis was planned.')}</p>`}
<h2>${w('Methods')}</h2>
${results.analyses.map(({ label, method }) => `<p><b>${w(label)}.</b> ${w(method)}</p>`).join('\n')}
<h3>${w('Sources')}</h3>
<ol class="sources">${sources.map((source) => `<li>${e(source)}</li>`).join('')}</ol>
<h2>${w('To run it again')}</h2>
<dl>
${(
  [
    ['Plan', `${plan.file}, SHA-256 ${plan.sha256}`],
    ['Data', `${data.file}, ${say(`${data.rows} rows`)}, SHA-256 ${data.sha256}`],
    ['Engine', `Equipoise ${engine.version}, Node ${engine.node}`],
    ['Seed', String(engine.seed)],
    ['Time', engine.ranAt],
  ] as const
)
  .map(([term, text]) => `<dt>${w(term)}</dt><dd>${e(text)}</dd>`)
  .join('\n')}
</dl>
</body>
</html>
`;
}

function analysisSection(
  results: PlanResults,
  analysis: AnalysisSummary,
  figures: readonly DrawnFigure[],
  say: Say,
): string {
  const w = (text: string) => e(say(text));
  const { id, label, role, perPlan, estimand, notes } = analysis;
  const badge = perPlan ? `per plan, ${role}` : 'exploratory';
  return `<section>
<h3>${w(label)} <span class="badge${perPlan ? '' : ' outside'}">${w(badge)}</span></h3>
<p class="lead">${w(estimand.variable)}. ${w(estimand.population)}. ${w(estimand.summary)}.</p>
${resultsTable(results, id, say)}
${notes.map((note) => `<p class="note">${w(note)}</p>`).join('\n')}
${figuresOf(figures, id)}
</section>`;
}

function figuresOf(figures: readonly DrawnFigure[], analysis: string | null): string {
  return figures
    .filter((figure) => figure.analysis === analysis)
    .map(
      ({ title, subtitle, svg }) =>
        `<figure><figcaption><b>${e(title)}.</b> ${e(subtitle)}</figcaption>${svg}</figure>`,
    )
    .join('\n');
}

function estimandsTable({ analyses }: PlanResults, say: Say): string {
  const w = (text: string) => e(say(text));
  const rows = analyses.map(({ label, role, estimand }) => {
    const strategies = [...new Set(estimand.intercurrent.map(({ strategy }) => strategy))];
    const events = strategies.map((strategy) => {
      const own = estimand.intercurrent.filter((one) => one.strategy === strategy);
      return `<b>${w(STRATEGY_WORDS[strategy])}:</b> ${own.map(({ event }) => w(event)).join(', ')}`;
    });
    return `<tr><th scope="row">${w(label)}<br><span class="quiet">${w(role)}</span></th><td>${estimand.treatments.map(w).join('<br>')}</td><td>${w(estimand.population)}</td><td>${w(estimand.variable)}</td><td>${events.length > 0 ? events.join('<br>') : w('None defined')}</td><td>${w(estimand.summary)}</td></tr>`;
  });
  const head = ['Analysis', 'Treatments', 'Population', 'Variable', 'Intercurrent events', 'Summary'];
  return `<table class="estimands"><thead><tr>${head.map((word) => `<th scope="col">${w(word)}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function describedTable({ described, measures, visits, arms }: PlanResults, say: Say): string {
  const w = (text: string) => e(say(text));
  const rows = described
    .filter((row) => row.n > 0)
    .map((row) => {
      const measure = measures.find(({ id }) => id === row.measure)?.label ?? row.measure;
      const visit = visits.find(({ id }) => id === row.visit)?.label ?? row.visit;
      const arm = arms.find(({ id }) => id === row.arm)?.label ?? row.arm;
      const spread = row.sd === null ? '' : row.sd.toFixed(1);
      return `<tr><td>${w(measure)}</td><td>${w(visit)}</td><td>${w(arm)}</td><td class="n">${row.n}</td><td class="n">${w(row.mean!.toFixed(1))}</td><td class="n">${w(spread)}</td></tr>`;
    });
  if (rows.length === 0) return '';
  return `<table><thead><tr><th>${w('Measure')}</th><th>${w('Visit')}</th><th>${w('Arm')}</th><th class="n">n</th><th class="n">${w('Mean')}</th><th class="n">${w('SD')}</th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

/** “2026-01-31 12:00 UTC”. */
const when = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
