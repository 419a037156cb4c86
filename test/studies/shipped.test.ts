import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from '../../server/documents/parse.ts';
import { importMapping } from '../../server/imports/contract.ts';
import { loadStudy, studyFiles } from '../../server/studies/load.ts';
import { describeAllocation } from '../../server/studies/rules.ts';
import { instrumentSchema, mappingSchema, studySchema } from '../../server/studies/schema.ts';

const load = (id: string) => loadStudy(`data/studies/${id}.yaml`, ['data/instruments']);

test('every study that ships can be used, and its file is called by its id', async () => {
  const files = await studyFiles('data/studies');
  expect(files.map((file) => basename(file))).toEqual([
    'beat-the-blues.yaml',
    'example-drug-trial.yaml',
    'ipt-depression.yaml',
  ]);
  for (const file of files) {
    const { document, instruments } = await loadStudy(file, ['data/instruments']);
    expect(basename(file)).toBe(`${document.id}.yaml`);
    const named = new Set(document.visits.flatMap((visit) => visit.instruments));
    expect(instruments.map(({ id }) => id)).toEqual([...named]);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/schemas\/study\.schema\.json\n/,
    );
  }
});

// BMC Psychiatry 2016;16:131, Methods; ClinicalTrials.gov NCT02314767.
test('the default study has the facts of the publication', async () => {
  const { document } = await load('ipt-depression');
  expect(document.registry).toBe('NCT02314767');
  expect(document.arms.map(({ short, ratio, reference }) => [short, ratio, reference])).toEqual([
    ['IPT', 1, false],
    ['PeGT', 1, false],
    ['TAU', 1, true],
  ]);
  expect(document.recruitment.target).toBe(134);
  expect(document.sites.map(({ name }) => name)).toEqual(['Lohja', 'Vihti']);
  expect(document.eligibility).toHaveLength(11);
  expect(document.eligibility[0]).toMatchObject({ field: 'age', from: 18, to: 64 });
  expect(document.masking.blinded).toEqual(['assessor']);
  expect(document.visits.map(({ target }) => target)).toEqual([{ days: 0 }, { months: 3 }, { months: 12 }]);
  expect(document.outcomes.find(({ role }) => role === 'primary')).toMatchObject({
    kind: 'response',
    instrument: 'hamd17',
    fall: 0.5,
  });
});

test('each allocation is described in a sentence', async () => {
  const sentences = await Promise.all(
    ['ipt-depression', 'example-drug-trial', 'beat-the-blues'].map(async (id) =>
      describeAllocation((await load(id)).document),
    ),
  );
  expect(sentences).toEqual([
    'Permuted blocks of 6 and 9, 1:1:1, stratified by site and sex',
    'Minimisation by range with probability 4/5, 2:1, over site, age, earlier episode and overall balance',
    'Simple, 1:1',
  ]);
});

test('the drug trial has nothing of the default study in it', () => {
  const text = readFileSync('data/studies/example-drug-trial.yaml', 'utf8');
  expect(text).not.toMatch(/\b(ipt|pegt|tau|hamd17|lohja|vihti|psychotherapy)\b/i);
});

test('the import mapping of the real data names what its study has', async () => {
  const file = 'data/studies/beat-the-blues.mapping.yaml';
  const mapping = parseDocument(readFileSync(file, 'utf8'), { file, schema: importMapping });
  const { document, instruments } = await load('beat-the-blues');
  expect(document.arms.map(({ id }) => id).sort()).toEqual(Object.values(mapping.arm?.codes ?? {}).sort());
  expect(mapping.site).toEqual({ value: document.sites[0]?.id });
  for (const { field, codes } of mapping.screening) {
    const known = document.screening.fields.find(({ id }) => id === field);
    if (known?.kind !== 'choice') throw new Error(`${field} is no choice`);
    expect(Object.values(codes ?? {}).sort()).toEqual(known.options.map(({ value }) => value).sort());
  }
  expect(mapping.answers.map(({ visit }) => visit)).toEqual(document.visits.map(({ id }) => id));
  for (const { instrument, item, missing } of mapping.answers) {
    expect(instruments.find(({ id }) => id === instrument)?.items.map(({ id }) => id)).toContain(item);
    expect(Object.keys(missing)).toEqual(['', 'NA']);
    for (const code of Object.values(missing))
      expect(document.missing.map((known) => known.code)).toContain(code);
  }
  const columns = [mapping.participant, ...mapping.screening, mapping.arm!, ...mapping.answers].map(
    ({ column }) => column,
  );
  expect(columns.sort()).toEqual(
    ['id', 'drug', 'length', 'treatment', 'bdi.pre', 'bdi.2m', 'bdi.3m', 'bdi.5m', 'bdi.8m'].sort(),
  );
});

// `npx vitest run test/studies/shipped.test.ts -u` writes them anew.
describe('the schemas that editors read are current', () => {
  test.each([
    ['study', studySchema],
    ['instrument', instrumentSchema],
    ['mapping', mappingSchema],
  ])('%s', async (name, schema) => {
    const text = `${JSON.stringify(schema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../../data/schemas/${name}.schema.json`);
  });
});
