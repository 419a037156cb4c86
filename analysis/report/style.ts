/** Of the report: A4 in print, one column on screen. */
export const STYLE = `
@page { size: A4; margin: 18mm 16mm; }
:root { color: #1B2430; font: 10pt/1.45 Inter, system-ui, sans-serif; }
body { max-width: 178mm; margin: 0 auto; padding: 8mm 4mm; background: #fff; }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 2mm; }
h2 { font-size: 14pt; margin: 9mm 0 3mm; border-bottom: 1px solid #AEB6C0; padding-bottom: 1mm; break-after: avoid; }
h3 { font-size: 11pt; margin: 6mm 0 1.5mm; break-after: avoid; }
p { margin: 0 0 2mm; }
.lead, .quiet, figcaption, .note { color: #46515E; }
.quiet { font-weight: 400; }
.note, .why { font-size: 8.5pt; }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 3mm; font-size: 8.5pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: 1mm 2mm 1mm 0; border-bottom: 1px solid #E4E7EB; }
thead th { border-bottom-color: #AEB6C0; font-weight: 600; }
tbody th { font-weight: 600; }
.n { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; padding-left: 2mm; }
.contrast td { font-weight: 600; }
.why td { color: #9C0E39; padding-left: 4mm; }
.badge { font-size: 8pt; font-weight: 600; border: 1px solid #10458A; color: #10458A; border-radius: 3px; padding: 0 1.5mm; white-space: nowrap; }
.outside { border-color: #BF4D06; color: #8F3A05; border-style: dashed; }
.warn { border-left: 3px solid #BF4D06; padding-left: 3mm; }
.exploratory { border-left: 1px dashed #BF4D06; padding-left: 3mm; }
figure { margin: 3mm 0 4mm; break-inside: avoid; }
figure svg { width: 100%; height: auto; overflow: visible; }
.sources { font-size: 8.5pt; padding-left: 6mm; }
dl { display: grid; grid-template-columns: 20mm 1fr; font-size: 8.5pt; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
`;
