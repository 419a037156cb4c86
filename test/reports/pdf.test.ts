import { describe, expect, test } from 'vitest';
import { chromiumPath } from '../../server/reports/chromium.ts';
import { type Paper, paperHtml } from '../../server/reports/paper.ts';
import { printPdf } from '../../server/reports/pdf.ts';
import { pdfPages } from '../setup/pdf.ts';

const ROWS = 120;
const paper: Paper = {
  title: 'Report with a long table',
  facts: [['Study', 'S-1']],
  running: { study: 'S-1, a study', cutOff: 'Data cut-off 23 Nov 2026, 09:00 UTC', maskState: 'Arms hidden' },
  watermark: null,
  masked: true,
  sections: [
    {
      id: 'sites',
      title: 'Sites',
      text: ['Words before the table.'],
      charts: [],
      tables: [
        {
          caption: 'Randomised by site',
          columns: [
            { label: 'Site', numeric: false },
            { label: 'Randomised', numeric: true },
          ],
          rows: Array.from({ length: ROWS }, (_, index) => [`Place ${index + 1}.`, `${index}`]),
        },
      ],
    },
  ],
};

const config = { chromium: process.env.CHROMIUM };

describe.skipIf(chromiumPath(config) === null)('a report that Chromium prints', () => {
  test('repeats the heads of a table, and says on every page which it is and of what', async () => {
    const pages = pdfPages(await printPdf(config, await paperHtml(paper)));
    expect(pages.length).toBeGreaterThan(2);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Page${index + 1}of${pages.length}`);
      expect(page).toContain('S-1,astudy');
      expect(page).toContain('Armshidden');
      expect(page).toContain('Datacut-off23Nov2026,09:00UTC');
      expect(page).toContain('SiteRandomised');
    }
    const rows = pages.flatMap((page) => [...page.matchAll(/Place(\d+)\./g)].map(([, row]) => Number(row)));
    expect(rows).toEqual(Array.from({ length: ROWS }, (_, index) => index + 1));
  });

  test('keeps a heading and its words on the page of the table that they are about', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => [`Row ${index}`, '0']);
    const columns = [
      { label: 'Term', numeric: false },
      { label: 'People', numeric: true },
    ];
    // Ever more rows before it push each section further down, so that some begin near the end of a page.
    const sections = Array.from({ length: 8 }, (_, index) => [
      {
        id: `filler${index}`,
        title: `Filler ${index}`,
        text: [],
        charts: [],
        tables: [{ caption: '', columns, rows: rows(26 + 2 * index) }],
      },
      {
        id: `harms${index}`,
        title: `Harms ${index}.`,
        text: [`Words ${index}. `.repeat(20)],
        charts: [],
        tables: [{ caption: `Table ${index}.`, columns, rows: rows(8) }],
      },
    ]).flat();
    const pages = pdfPages(await printPdf(config, await paperHtml({ ...paper, sections })));
    const pageOf = (words: string) => pages.findIndex((page) => page.includes(words));
    for (let index = 0; index < 8; index++) {
      expect(pageOf(`Words${index}.`), `words ${index}`).toBe(pageOf(`Harms${index}.`));
      expect(pageOf(`Table${index}.`), `table ${index}`).toBe(pageOf(`Harms${index}.`));
    }
  });
});
