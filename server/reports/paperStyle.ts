import type { Paper } from './paper.ts';

/** Text as a quoted string of CSS: code points that could end it are written as escapes. */
const quoted = (text: string): string =>
  `"${text.replaceAll(/["\\\n\r\f<>&]/g, (mark) => `\\${mark.codePointAt(0)!.toString(16)} `)}"`;

/**
 * Of reports on paper: A4, with what every page has to say in its margins. Margin boxes with counters need Chromium 131
 * or another engine that prints them.
 *
 * @param mark what the watermark says in small, once more in the margin; null without a watermark
 */
export function paperStyle(
  { study, cutOff, maskState, page = 'Page', of = 'of' }: Paper['running'],
  mark: string | null,
): string {
  const small = 'font: 7.5pt Inter, system-ui, sans-serif; color: #46515E;';
  return `
@page {
  size: A4; margin: 18mm 15mm 20mm;
  @top-left { content: ${quoted(study)}; ${small} }
  @top-right { content: ${quoted(maskState)}; ${small} font-weight: 600; }
  @bottom-left { content: ${quoted(mark === null ? cutOff : `${cutOff}\n${mark}`)}; ${small} white-space: pre-line; width: 150mm; }
  @bottom-right { content: ${quoted(`${page} `)} counter(page) ${quoted(` ${of} `)} counter(pages); ${small} }
}
:root { color: #1B2430; font: 9.5pt/1.45 Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
body { max-width: 180mm; margin: 0 auto; background: #fff; }
@media screen { body { padding: 8mm 4mm; } }
h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 3mm; }
h2 { font-size: 13pt; margin: 7mm 0 2mm; border-bottom: 1px solid #AEB6C0; padding-bottom: 1mm; break-after: avoid; }
p { margin: 0 0 2mm; max-width: 150mm; break-inside: avoid; overflow-wrap: anywhere; }
h2 + p, p:has(+ table), p:has(+ figure) { break-after: avoid; }
dl { display: grid; grid-template-columns: 32mm 1fr; font-size: 8.5pt; margin: 0; gap: .6mm 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 4mm; font-size: 8pt; }
table.wide { font-size: 6.8pt; }
caption { text-align: left; font-weight: 600; font-size: 8.5pt; padding: 0 0 1mm; break-after: avoid; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: .9mm 2mm .9mm 0; border-bottom: 1px solid #E4E7EB; font-weight: 400; }
thead th { border-bottom-color: #AEB6C0; font-weight: 600; vertical-align: bottom; }
.group th { font-weight: 600; break-after: avoid; }
.n { text-align: right; padding-left: 2mm; padding-right: 0; }
td.n { white-space: nowrap; }
table.small { break-inside: avoid; }
table.narrow { width: auto; min-width: 110mm; }
.n + :not(.n) { padding-left: 4mm; }
table.wide .n { padding-left: 1.2mm; }
figure { margin: 2mm 0 4mm; break-inside: avoid; }
figcaption { color: #46515E; margin-bottom: 1mm; }
figure svg { width: 100%; height: auto; overflow: visible; max-height: 225mm; }
.watermark { position: fixed; inset: 0; display: flex; flex-direction: column; align-items: center; justify-content: center; transform: rotate(-32deg); opacity: .1; pointer-events: none; z-index: 1; text-align: center; }
.watermark b { font-size: 54pt; letter-spacing: .06em; }
.watermark span { font-size: 12pt; }
.watermark i { font: 9pt Inter, system-ui, sans-serif; }
`;
}
