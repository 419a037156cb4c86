import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { methodText, summarise } from '../../analysis/estimands/methods.ts';
import type { AnalysisPlan } from '../../analysis/estimands/plan.ts';
import { reportHtml } from '../../analysis/report/html.ts';
import { consortItems } from '../../randomisation/index.ts';
import { planDocument } from '../../server/analyses/plan.ts';
import { phraser } from '../../server/language/phrase.rules.ts';
import { everything, nasty, runEverything, trialOf } from '../analysis/estimands/everything.ts';
import { planOf } from '../analysis/estimands/trial.ts';
import { anyDesign, design } from '../randomisation/designs.ts';

const catalogue: Record<string, string> = JSON.parse(readFileSync('data/language/methods.fi.json', 'utf8'));
const say = phraser(
  { ...catalogue, 'All randomised': 'Kaikki satunnaistetut' },
  {
    'Usual care': 'Tavanomainen hoito',
    Sex: 'Sukupuoli',
    Site: 'Tutkimuspaikka',
    'Therapy group': 'Hoitoryhmä',
  },
);
/** Words that every English sentence has some of, and no Finnish one. */
const english =
  /(?<!\p{L})(the|of|and|with|without|by|for|at|were|was|from|is|are|to|in|or|it|each|not|had|that|as|than|which|nobody|adjusted)(?!\p{L})/iu;

describe('the methods of an analysis, in Finnish', () => {
  const plan = planDocument.parse(planOf(everything, nasty)) as unknown as AnalysisPlan;

  test('have no English left, whatever is asked', () => {
    const left = plan.analyses.flatMap((one) => {
      const { variable, summary, population, treatments } = summarise(plan, one);
      return [methodText(plan, one), variable, summary, population, ...treatments].filter((text) =>
        english.test(say(text)),
      );
    });
    expect(left.map((text) => `${text} → ${say(text)}`)).toEqual([]);
  });

  test('are sentences of Finnish statistics', () => {
    // Said by hand after the terms of docs/glossary.md.
    expect(
      say(
        'Proportions with Wilson 95% intervals; differences with Newcombe hybrid score 95% intervals. Missing outcomes count as not having responded, and everybody in the population is analysed.',
      ),
    ).toBe(
      'Osuudet ja niiden 95\u00a0%:n luottamusvälit (Wilson); erot ja niiden 95\u00a0%:n luottamusvälit (Newcomben hybridipistemenetelmä). Puuttuva tulos lasketaan vasteen puuttumiseksi, ja kaikki populaatioon kuuluvat analysoidaan.',
    );
    expect(
      say(
        'Risks standardised over everybody’s covariates from a logistic working model, adjusted for the baseline score, site and sex, variance after Ye et al. (2023).',
      ),
    ).toBe(
      'Riskit vakioituna kaikkien kovariaattien yli logistisesta työmallista, vakioituna (lähtötilanteen pistemäärä, tutkimuspaikka ja sukupuoli), varianssi: Ye ym. (2023).',
    );
  });

  test('and what a run notes and why it has no number have no English left', () => {
    // Resampling takes long and says nothing more.
    const quick = everything.filter(
      ({ estimator: { method, variance }, missing: how }) =>
        !['rerandomisation', 'bootstrap'].includes(String(method)) &&
        variance !== 'bootstrap' &&
        how?.method !== 'multiple-imputation' &&
        how?.inference !== 'rubin',
    );
    const texts = [trialOf(7, 2)].flatMap((csv) => {
      const results = runEverything(csv, quick);
      const { rows, analyses } = results;
      const report = reportHtml(results, [], '', { lang: 'fi', say });
      const [, page = ''] = report.split('<body>');
      const written = page
        .replace(/<ol class="sources">.*<\/ol>/s, '')
        .split(/<[^>]*>/)
        .filter((text) => english.test(text));
      expect(written).toEqual([]);
      return [
        ...rows.map(({ reason }) => reason ?? ''),
        ...analyses.flatMap(({ notes, method }) => [...notes, method]),
      ];
    });
    const left = [...new Set(texts)].filter((text) => english.test(say(text)));
    expect(left.map((text) => `${text} → ${say(text)}`)).toEqual([]);
    expect(new Set(texts).size).toBeGreaterThan(40);
  });
});

describe('items 17a to 19 of CONSORT, in Finnish', () => {
  const facts = {
    designHash: 'a'.repeat(64),
    commitment: 'b'.repeat(64),
    published: 'NCT02314767',
    beacon: 'drand round 4,000,000',
    masked: ['assessors', 'statisticians', 'data managers'],
  };

  test('have no English left, whatever the design', () => {
    fc.assert(
      fc.property(anyDesign, fc.boolean(), (one, told) => {
        for (const { item, title, text } of consortItems(
          one,
          told ? { ...facts, beacon: 'drand 4000000' } : {},
        )) {
          expect(say(title)).not.toBe(title);
          // As the report on paper has them.
          expect(say(`${item} ${title}. ${text}`)).toBe(`${item} ${say(title)}. ${say(text)}`);
          expect(say(text)).not.toMatch(english);
        }
      }),
    );
  });

  test('keep hashes, names and numbers', () => {
    const [first, second, third, fourth] = consortItems(
      design({ kind: 'permuted-blocks', sizes: [9, 6] }, [1, 1, 1], [2, 2]),
      { ...facts, arms: { a: 'IPT', b: 'PeGT', c: 'Usual care' }, factors: { f0: 'site', f1: 'sex' } },
    ).map(({ text }) => say(text));
    expect(first).toContain(`sitoumuksella ${'b'.repeat(64)}, joka julkaistiin: NCT02314767.`);
    expect(second).toBe(
      'Osallistujat allokoitiin suhteessa 1:1:1 haaroihin IPT, PeGT ja Tavanomainen hoito. Menetelmä: permutoidut lohkot, joiden koko (6 ja 9) arvottiin yhtä suurin todennäköisyyksin; ositettu: tutkimuspaikka ja sukupuoli.',
    );
    expect(third).toContain('Sitä ei näytetty näille: arvioijat, tilastotieteilijät tai tiedonhallitsijat.');
    expect(fourth).toContain(
      'Pääsyä allokaatioihin ei ollut näillä: arvioijat, tilastotieteilijät ja tiedonhallitsijat.',
    );
  });
});

test('Finnish is kept for no method that is gone', () => {
  const code = ['analysis', 'randomisation', 'server/analyses', 'server/studies']
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
    .toLowerCase();
  // Roles are named one by one, in the plural; a hyphen parts their words.
  const words = (text: string) =>
    text
      .toLowerCase()
      .replace(/s$/, '')
      .split(/[^\p{L}\d’'&-]+/u);
  const gone = Object.keys(catalogue).filter((text) =>
    text.split(/\{\w+\}/).some((part) => !words(part).every((word) => code.includes(word))),
  );
  expect(gone).toEqual([]);
});
