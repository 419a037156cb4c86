import type { ChartOptions } from '../../analysis/charts/index.ts';
import { escapeHtml as e } from '../../analysis/report/escape.ts';
import { typeface } from '../charts/typeface.ts';
import type { Language } from '../language/language.rules.ts';
import { paperStyle } from './paperStyle.ts';
import type { ReportSection, ReportTable } from './section.ts';

export interface Paper {
  title: string;
  /** Under the title: study, registration, who and when. */
  facts: [term: string, text: string][];
  /** Of its words; English where not given. */
  language?: Language;
  /** On every page: study, data cut-off, mask state, and the words around its number. */
  running: { study: string; cutOff: string; maskState: string; page?: string; of?: string };
  /** Across every page; null: none. */
  watermark: { words: string; line: string; hash: string } | null;
  sections: ReportSection[];
  /** Arms behind letters or pooled: pictures are drawn in the masked colours. */
  masked: boolean;
}

const WIDTH = 660;

/** A table of so few rows stays on one page. */
const SMALL = 12;

/**
 * A report as one HTML file that asks nothing of the network and prints on A4: light, heads of tables repeated, and on
 * each page its number, the study, the data cut-off and the mask state.
 */
export async function paperHtml(paper: Paper): Promise<string> {
  const { title, facts, running, watermark, sections, masked } = paper;
  const { renderSvg } = await import('../charts/render.ts');
  const options: ChartOptions = { theme: 'print', masked, width: WIDTH };
  const parts: string[] = [];
  for (const section of sections) {
    const figures: string[] = [];
    for (const draw of section.charts) {
      const chart = draw(options);
      figures.push(
        `<figure><figcaption><b>${e(chart.title)}.</b> ${e(chart.subtitle)}</figcaption>${await renderSvg(chart.spec)}</figure>`,
      );
    }
    parts.push(`<section id="${e(section.id)}">
<h2>${e(section.title)}</h2>
${section.text.map((text) => `<p>${e(text)}</p>`).join('\n')}
${figures.join('\n')}
${section.tables.map(tableHtml).join('\n')}
</section>`);
  }
  return `<!doctype html>
<html lang="${paper.language === 'fi' ? 'fi' : 'en-GB'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${e(title)}</title>
<style>${await typeface()}${paperStyle(running, watermark === null ? null : `${watermark.line}, SHA-256 ${watermark.hash}`)}</style>
</head>
<body>
${watermark ? `<div class="watermark" aria-hidden="true"><b>${e(watermark.words)}</b><span>${e(watermark.line)}</span><i>${e(watermark.hash)}</i></div>` : ''}
<header>
<h1>${e(title)}</h1>
<dl>${facts.map(([term, text]) => `<dt>${e(term)}</dt><dd>${e(text)}</dd>`).join('')}</dl>
</header>
${parts.join('\n')}
</body>
</html>
`;
}

function tableHtml({ caption, columns, rows }: ReportTable): string {
  const cls = (index: number) => (columns[index]?.numeric ? ' class="n"' : '');
  const head = columns.map(({ label }, index) => `<th scope="col"${cls(index)}>${e(label)}</th>`);
  const body = rows.map((cells) => {
    if (cells.length === 1)
      return `<tr class="group"><th scope="rowgroup" colspan="${columns.length}">${e(cells[0]!)}</th></tr>`;
    const [first, ...others] = cells;
    const rest = others.map((cell, index) => `<td${cls(index + 1)}>${e(cell)}</td>`);
    return `<tr><th scope="row">${e(first!)}</th>${rest.join('')}</tr>`;
  });
  const looks = [
    columns.length > 8 ? 'wide' : columns.length < 4 ? 'narrow' : '',
    rows.length <= SMALL ? 'small' : '',
  ].filter(Boolean);
  return `<table class="${looks.join(' ')}"><caption>${e(caption)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}
