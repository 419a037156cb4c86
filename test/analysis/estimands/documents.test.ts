import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { planDocument } from '../../../server/analyses/plan.ts';
import { planSchema, resultsSchema } from '../../../server/analyses/schema.ts';
import { parseDocument } from '../../../server/documents/parse.ts';

// `npx vitest run test/analysis/estimands/documents.test.ts -u` writes them anew.
describe('the schemas of plans and results are current', () => {
  test.each([
    ['plan', planSchema],
    ['results', resultsSchema],
  ])('%s', async (name, schema) => {
    const text = `${JSON.stringify(schema(), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`../../../data/schemas/${name}.schema.json`);
  });
});

test.each(readdirSync('data/plans'))('%s keeps to the schema, and names it', (name) => {
  const file = `data/plans/${name}`;
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/schemas\/plan\.schema\.json\n/);
  expect(parseDocument(text, { file, schema: planDocument }).analyses.length).toBeGreaterThan(0);
});
