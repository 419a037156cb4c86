import { inFinnish } from '../charts/localised.ts';
import type { Say } from '../results/words.ts';
import type { Paper } from './paper.ts';
import type { ReportSection, ReportTable } from './section.ts';

const tableIn = (table: ReportTable, say: Say): ReportTable => ({
  ...table,
  caption: say(table.caption),
  columns: table.columns.map((column) => ({ ...column, label: say(column.label) })),
  rows: table.rows.map((cells) =>
    cells.map((cell, index) => (cells.length > 1 && table.asWritten?.includes(index) ? cell : say(cell))),
  ),
});

/** Sections in another language; what people wrote stays as they wrote it. */
export const sectionsIn = (sections: readonly ReportSection[], say: Say): ReportSection[] =>
  sections.map((section) => ({
    ...section,
    title: say(section.title),
    text: section.text.map(say),
    charts: section.charts.map((draw) => (options) => inFinnish(draw({ ...options, say }), say)),
    tables: section.tables.map((table) => tableIn(table, say)),
  }));

/** A report for paper in another language. Of its facts the names, codes and notes stay as they are. */
export function paperIn(paper: Paper, say: Say, asWritten: readonly string[] = []): Paper {
  const { running, watermark } = paper;
  return {
    ...paper,
    language: 'fi',
    title: say(paper.title),
    facts: paper.facts.map(([term, text]) => [say(term), asWritten.includes(term) ? text : say(text)]),
    running: {
      study: running.study.split('  ').map(say).join('  '),
      cutOff: say(running.cutOff),
      maskState: say(running.maskState),
      page: 'Sivu',
      of: '/',
    },
    watermark: watermark && { ...watermark, words: say(watermark.words) },
    sections: sectionsIn(paper.sections, say),
  };
}
