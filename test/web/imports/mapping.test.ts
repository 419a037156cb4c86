import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { importMapping } from '../../../server/imports/contract.ts';
import { instrumentDocument } from '../../../server/instruments/document.ts';
import type { StudyView } from '../../../server/studies/contract.ts';
import { studyDocument } from '../../../server/studies/document.ts';
import { buildMapping } from '../../../web/imports/buildMapping.ts';
import { marksOf, suggestCodes } from '../../../web/imports/marks.ts';
import { cellsOf, readCsv } from '../../../web/imports/readCsv.ts';
import { suggestTargets } from '../../../web/imports/suggest.ts';
import { codesOf, targetsOf } from '../../../web/imports/target.ts';

const read = (path: string) => parse(readFileSync(`data/${path}.yaml`, 'utf8'));
function studyOf(id: string): StudyView {
  const document = studyDocument.parse(read(`studies/${id}`));
  const used = new Set(document.visits.flatMap(({ instruments }) => instruments));
  const instruments = [...used].map((name) => instrumentDocument.parse(read(`instruments/${name}`)));
  return {
    id,
    synthetic: false,
    syntheticNote: null,
    document,
    instruments,
    hash: '',
    activatedAt: '2026-01-01T00:00:00.000Z',
    siteVersions: {},
  };
}
const btb = studyOf('beat-the-blues');
const ipt = studyOf('ipt-depression');

// The header of the public BtheB data (R package HSAUR) over rows that are made up.
const csv = `"id","drug","length","treatment","bdi.pre","bdi.2m","bdi.3m","bdi.5m","bdi.8m"
1,"No",">6m","TAU",20,12,NA,,
2,"Yes","<6m","BtheB",31,,15,14,9
`;

describe('reading a CSV in the browser', () => {
  it('finds the delimiter, keeps quoted cells whole and drops the byte-order mark', () => {
    const sheet = readCsv('\uFEFFid;note\n1;"a; b"\n2;"say ""hi"""\n');
    expect(sheet).toEqual({
      delimiter: ';',
      columns: ['id', 'note'],
      rows: [
        ['1', 'a; b'],
        ['2', 'say "hi"'],
      ],
    });
  });

  it('says so where there is nothing to read', () => {
    expect(() => readCsv('  \n')).toThrow('first row names no columns');
    expect(() => readCsv('a,b\n"open,1\n')).toThrow('not a CSV');
  });

  it('counts the different cells of a column', () => {
    expect(cellsOf(readCsv('a\nx\ny\nx\n'), 'a')).toEqual([
      { cell: 'x', count: 2 },
      { cell: 'y', count: 1 },
    ]);
  });
});

describe('suggesting what columns become', () => {
  it('finds its way through the columns of the public data set', () => {
    expect(suggestTargets(readCsv(csv).columns, btb)).toEqual({
      id: 'participant',
      drug: 'screening/drug',
      length: 'screening/length',
      treatment: 'arm',
      'bdi.pre': 'answer/baseline/bdi-total/total',
      'bdi.2m': 'answer/m2/bdi-total/total',
      'bdi.3m': 'answer/m3/bdi-total/total',
      'bdi.5m': 'answer/m5/bdi-total/total',
      'bdi.8m': 'answer/m8/bdi-total/total',
    });
  });

  it('knows its own wide export, and leaves out what is derived', () => {
    const columns = [
      'study',
      'participant',
      'screening.sex',
      'm3.hamd17.3',
      'm3.hamd17.total',
      'm3.hamd17.assessed_on',
      'm3.hamd17.3.missing',
    ];
    expect(Object.values(suggestTargets(columns, ipt))).toEqual([
      'ignore',
      'participant',
      'screening/sex',
      'answer/m3/hamd17/3',
      'ignore',
      'assessed/m3/hamd17',
      'ignore',
    ]);
  });

  it('knows CDISC names and decides nothing where nothing fits', () => {
    const columns = ['SUBJID', 'HAMD103_BASELINE', 'hamd_item1_12m', 'hamd4_m3', 'hamd17_5_m3', 'shoe size'];
    expect(Object.values(suggestTargets(columns, ipt))).toEqual([
      'participant',
      'answer/baseline/hamd17/3',
      'answer/m12/hamd17/1',
      'answer/m3/hamd17/4',
      'answer/m3/hamd17/5',
      '',
    ]);
  });

  it('only suggests what the study can take', () => {
    const known = new Set(targetsOf(btb).flatMap(({ targets }) => targets.map(({ value }) => value)));
    for (const target of Object.values(suggestTargets(readCsv(csv).columns, btb)))
      expect(known).toContain(target);
  });

  it('matches cells to codes by name', () => {
    const sheet = readCsv(csv);
    expect(suggestCodes(cellsOf(sheet, 'treatment'), codesOf(btb, 'arm')!)).toEqual({
      TAU: 'tau',
      BtheB: 'btheb',
    });
    expect(suggestCodes(cellsOf(sheet, 'length'), codesOf(btb, 'screening/length')!)).toEqual({});
  });
});

describe('building the mapping', () => {
  const sheet = readCsv(csv);
  const targets = suggestTargets(sheet.columns, btb);
  const codes = {
    treatment: { BtheB: 'btheb', TAU: 'tau' },
    drug: { No: 'no', Yes: 'yes' },
    length: { '<6m': 'under-6m', '>6m': 'over-6m' },
  };
  const fixed = { site: 'practices', screenedOn: '2000-01-03', randomisedOn: '2000-01-03' };

  it('finds the cells that are no answers', () => {
    expect(marksOf(sheet, btb, targets)).toEqual([
      { cell: '', count: 3 },
      { cell: 'NA', count: 1 },
    ]);
  });

  it('gives the mapping that ships with the study, and the contract takes it', () => {
    const built = buildMapping(sheet, btb, {
      targets,
      codes,
      missing: { '': 'unknown', NA: 'unknown' },
      fixed,
    });
    const mapping = importMapping.parse('mapping' in built ? built.mapping : built);
    const shipped = importMapping.parse(read('studies/beat-the-blues.mapping'));
    const { answers, ...rest } = mapping;
    const { answers: shippedAnswers, ...shippedRest } = shipped;
    expect(rest).toEqual(shippedRest);
    // The shipped one names both marks for each column; a built one only those that its columns have.
    expect(answers.map(({ missing: _, ...answer }) => answer)).toEqual(
      shippedAnswers.map(({ missing: _, ...answer }) => answer),
    );
    expect(answers.map(({ missing }) => missing)).toEqual([
      {},
      { '': 'unknown' },
      { NA: 'unknown' },
      { '': 'unknown' },
      { '': 'unknown' },
    ]);
  });

  it('names what is still to be decided, one by one', () => {
    const built = buildMapping(sheet, btb, {
      targets: { ...targets, id: '', drug: '' },
      codes: {},
      missing: {},
      fixed: {},
    });
    expect(built).toEqual({
      open: [
        'Choose the column of the participant ID.',
        'Choose what “id” becomes, or leave it out.',
        'Choose what “drug” becomes, or leave it out.',
        '“length”: choose what “>6m”, “<6m” means.',
        '“treatment”: choose what “TAU”, “BtheB” means.',
        'Arms need the day of randomisation: visits count from it.',
        'Give the day of screening, as a column or as one day for all.',
      ],
    });
  });
});
