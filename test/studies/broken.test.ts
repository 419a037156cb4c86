import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { DocumentError } from '../../server/documents/error.ts';
import { type Instruments, loadInstruments } from '../../server/instruments/load.ts';
import { parseStudy } from '../../server/studies/load.ts';

const small = readFileSync(join(import.meta.dirname, 'small.yaml'), 'utf8');
let instruments: Instruments;
beforeAll(async () => {
  instruments = await loadInstruments('data/instruments');
});

/** The problems of the small study after each [what, becomes] was put in its place. */
function problems(...edits: [string, string][]): string[] {
  let text = small;
  for (const [what, becomes] of edits) {
    expect(text).toContain(what);
    text = text.replace(what, becomes);
  }
  try {
    parseStudy(text, { file: 'small.yaml', instruments });
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    return error.issues.map((issue) => `${issue.line}:${issue.column} ${issue.path}: ${issue.message}`);
  }
  return [];
}

test('the small study has no problem', () => {
  expect(problems()).toEqual([]);
});

test('all problems are listed, in the order of the file, and the message says what is kept', () => {
  const text = small
    .replace('[4, 6]', '[4, 5]')
    .replace(', reference: true', '')
    .replace('visit: m2', 'visit: m9');
  expect(() => parseStudy(text, { file: 'small.yaml', instruments })).toThrow(
    [
      'small.yaml can’t be used: 3 problems. Nothing was loaded from it; correct the file and load it again.',
      '  small.yaml:8:3 arms: No arm has reference: true; expected one, with which the others are compared.',
      '  small.yaml:11:48 allocation, rule, blocks, 2nd entry: Found a block of 5; expected a multiple of 2, the sum of the ratio.',
      '  small.yaml:61:12 estimands, main, visit: Found “m9”; expected a visit after baseline with the outcome’s instrument: m1 or m2.',
    ].join('\n'),
  );
});

describe('against the schema', () => {
  test.each<[string, [string, string][], string[]]>([
    [
      'a misspelt key, at the key',
      [['version: 1\narms', 'vresion: 1\narms']],
      [
        '1:1 version: Missing; expected a number.',
        '6:1 : Found “vresion”, which is no part of this document. Look for a misspelling, or take it out.',
      ],
    ],
    [
      'a number where text is expected',
      [['version: "1"', 'version: 1']],
      [
        "31:18 consent, versions, 1st entry, version: Found the number 1; expected text. Put it in quotes: '1'.",
      ],
    ],
    [
      'an unknown method',
      [['permuted-blocks', 'permuted']],
      [
        '11:11 allocation, rule: “method” is “permuted”; expected simple, permuted-blocks, block-urn, minimisation, efron, big-stick or list.',
      ],
    ],
    [
      'a time that is none',
      [['{ months: 2 }', '2 months']],
      ['47:13 visits, m2, target: Found “2 months”; expected a time such as { months: 3 } or { days: 21 }.'],
    ],
    [
      'half a month',
      [['{ months: 2 }', '{ months: 2.5 }']],
      ['47:23 visits, m2, target, months: Found the number 2.5; expected a whole number.'],
    ],
    [
      'a date of another country',
      [['2026-01-01', '1.1.2026']],
      ['31:33 consent, versions, 1, approved: Found “1.1.2026”; expected a date such as 2026-03-31.'],
    ],
    [
      'a role that nobody has',
      [['[assessor]', '[rater]']],
      [
        '32:22 masking, blinded, 1st entry: Found “rater”; expected owner, coordinator, assessor, investigator, statistician, data-manager, monitor, identity-custodian or monitoring-board.',
      ],
    ],
    [
      'an identifier that a URL can’t hold',
      [['id: m1', 'id: 1 Month']],
      ['40:9 visits, 1 Month, id: Found “1 Month”; use lower-case letters, digits and hyphens (at most 40).'],
    ],
    [
      'a list that is left empty',
      [
        [
          'outcomes:\n  - { id: change, label: Change, kind: change, instrument: phq9, role: primary }',
          'outcomes: []',
        ],
      ],
      ['53:11 outcomes: Found an empty list; expected at least 1 entry.'],
    ],
    [
      'a key without a value',
      [['masking: { blinded: [assessor] }', 'masking:']],
      ['32:9 masking: Found an empty value; expected keys and values.'],
    ],
    [
      'a site’s stratum',
      [['by: site }', 'by: clinic }']],
      [
        '13:36 allocation, strata, site, by: Found “clinic”; expected site, or a field such as { field: sex } or { field: age, cuts: [40] }.',
      ],
    ],
  ])('%s', (_, edits, expected) => {
    expect(problems(...edits)).toEqual(expected);
  });
});

describe('beyond the schema', () => {
  test.each<[string, [string, string][], string[]]>([
    [
      'block sizes',
      [['[4, 6]', '[4, 5, 4]']],
      [
        '11:48 allocation, rule, blocks, 2nd entry: Found a block of 5; expected a multiple of 2, the sum of the ratio.',
        '11:51 allocation, rule, blocks, 3rd entry: Found 4 twice; each size may be listed once.',
      ],
    ],
    [
      'two reference arms',
      [['name: First', 'name: First, reference: true']],
      ['9:49 arms, b, reference: “a” is the reference already; expected one arm with reference: true.'],
    ],
    [
      'a ratio that isn’t in lowest terms',
      [
        ['name: First', 'name: First, ratio: 2'],
        ['name: Second', 'name: Second, ratio: 2'],
      ],
      [
        '8:3 arms: Found the ratio 2:2; expected it in lowest terms, 1:1.',
        '11:48 allocation, rule, blocks, 2nd entry: Found a block of 6; expected a multiple of 4, the sum of the ratio.',
      ],
    ],
    [
      'an instrument that there isn’t',
      [['[phq9, hamd17]', '[phq9, hamd71]']],
      [
        '49:25 visits, m2, instruments, 2nd entry: Found “hamd71”; expected an instrument: background, bdi-total, cgi-i, cgi-s, gad7, hamd17, madrs, medication, phq9, qids-sr16, sick-leave, sofas, treatment-history, who5 or wsas.',
        '50:18 bands, hamd17: Found “hamd17”, which is used at no visit.',
      ],
    ],
    [
      'bands that the protocol has to choose',
      [['bands: { hamd17: apa-2000 }', 'bands: {}']],
      ['50:8 bands: “hamd17” has 2 published band sets; say which applies, apa-2000 or zimmerman-2013.'],
    ],
    [
      'cut points',
      [['cuts: [40, 60]', 'cuts: [60, 40, 130]']],
      [
        '14:59 allocation, strata, age, by, cuts, 2nd entry: Found 40 after 60; cut points must increase.',
        '14:63 allocation, strata, age, by, cuts, 3rd entry: Found 130; expected more than 0 and at most 120, or a level would be empty.',
      ],
    ],
    [
      'a number without cut points',
      [[', cuts: [40, 60]', '']],
      [
        '14:43 allocation, strata, age, by, field: “age” is a number; expected cuts, such as [40], that divide it into levels.',
      ],
    ],
    [
      'a stratum by a field that there isn’t',
      [['field: age, cuts', 'field: aeg, cuts']],
      ['14:43 allocation, strata, age, by, field: Found “aeg”; expected a screening field: age or sex.'],
    ],
    [
      'two sites of one code',
      [['name: One }', 'name: One }\n  - { id: two, code: ONE, name: Two }']],
      ['17:22 sites, two, code: “ONE” is there twice; each code may be used once.'],
    ],
    [
      // From 31 December, one month is 31 January and two are 28 February, 28 days later: 7 + 21 days meet.
      'windows that meet in February only',
      [
        [
          '{ before: 7, after: 7 }\n    instruments: [phq9, ',
          '{ before: 21, after: 7 }\n    instruments: [phq9, ',
        ],
      ],
      [
        '48:13 visits, m2, window: Opens before the window of m1 has closed: for someone randomised on 2024-12-31, m1 closes on 2025-02-07 and m2 opens on 2025-02-07. List visits in time order, with windows that don’t overlap.',
      ],
    ],
    [
      'no baseline',
      [['    baseline: true\n', '']],
      [
        '34:3 visits: No visit has baseline: true; expected one, before randomisation.',
        '53:60 outcomes, change, instrument: “phq9” isn’t used at baseline, from where a change counts.',
      ],
    ],
    [
      'an outcome’s score',
      [['instrument: phq9, role', 'instrument: phq9, score: sum, role']],
      ['54:73 outcomes, change, score: Found “sum”; expected a score of phq9: total.'],
    ],
    [
      'an estimand’s arms',
      [['[[a, b]]', '[[a, c], [b, b]]']],
      [
        '59:22 estimands, main, treatments, 1st entry, 2nd entry: Found “c”; expected an arm: a or b.',
        '59:26 estimands, main, treatments, 2nd entry: Found “b” against itself; expected two arms.',
      ],
    ],
    [
      'an estimand that doesn’t fit its outcome',
      [
        ['mean-difference', 'risk-ratio'],
        ['likelihood', 'non-response'],
        ['event: stopped', 'event: paused'],
      ],
      [
        '62:29 estimands, main, intercurrent, 1st entry, event: Found “paused”; expected an intercurrent event: stopped.',
        '63:14 estimands, main, summary: Found “risk-ratio”; a change is summarised by mean-difference, shift, standardised-difference or association.',
        '64:14 estimands, main, missing: Found “non-response”; it is for a yes-or-no outcome, and this one is a change.',
      ],
    ],
    [
      'an estimator that doesn’t fit its estimand',
      [
        [
          'missing: likelihood',
          'estimator: { method: ancova, covariates: [site, weight] }\n    missing: { method: likelihood }\n    adjust: dunnett',
        ],
      ],
      [
        '64:53 estimands, main, estimator, covariates, 2nd entry: There is no covariate “weight”; expected site, age or sex.',
        '65:24 estimands, main, missing, method: likelihood is the missing-data method of mmrm, random-intercept or random-slope.',
        '66:13 estimands, main, adjust: Dunnett’s adjustment is for an ancova of observed values.',
      ],
    ],
    [
      'visits of an estimand',
      [['visit: m2', 'visits: [m2, m9, m2]']],
      [
        '61:18 estimands, main, visits, 2nd entry: Found “m9”; expected a visit after baseline with the outcome’s instrument: m1 or m2.',
        '61:22 estimands, main, visits, 3rd entry: m2 is named already.',
      ],
    ],
    [
      'a criterion settled by a choice',
      [['field: age, from: 18', 'field: sex, from: 18']],
      ['28:55 eligibility, adult, field: Found “sex”; expected a number field of screening: age.'],
    ],
    [
      'consent versions',
      [['approved: 2026-01-01 }', "approved: 2026-01-01 }\n    - { version: '1', approved: 2025-12-01 }"]],
      [
        '32:18 consent, versions, 1, version: “1” is there twice; each version may be used once.',
        '32:33 consent, versions, 1, approved: Found 2025-12-01; expected no day before 2026-01-01, when version 1 was approved. List versions from old to new.',
      ],
    ],
    [
      'minimisation that is certain',
      [['permuted-blocks, blocks: [4, 6]', 'minimisation, probability: 5/5']],
      [
        '11:46 allocation, rule, probability: Found 5/5; expected a fraction above 1/2, the share without preference, and below 1, so that no allocation is certain.',
      ],
    ],
    [
      'a list',
      [
        [
          'permuted-blocks, blocks: [4, 6]',
          'list, entries: [{ stratum: { site: one, age: under-40 }, arm: a }, { stratum: { site: two, aged: x }, arm: z }]',
        ],
      ],
      [
        '11:86 allocation, rule, entries, 2nd entry: The entry has no “age”; expected its level: under-40, 40-to-under-60 or 60-and-over.',
        '11:105 allocation, rule, entries, 2nd entry, stratum, site: Found “two”; expected a level: one.',
        '11:116 allocation, rule, entries, 2nd entry, stratum, aged: Found “aged”; expected a stratum: site or age.',
        '11:126 allocation, rule, entries, 2nd entry, arm: Found “z”; expected an arm: a or b.',
      ],
    ],
    [
      'a plan that its sites don’t add up to',
      [
        ['{ target: 20 }', '{ target: 20, from: 2026-05-01, to: 2026-04-01 }'],
        ['name: One }', 'name: One, target: 10 }'],
      ],
      [
        '17:24 recruitment, target: Found 20; the targets of the sites add up to 10 only.',
        '17:50 recruitment, to: Found 2026-04-01; expected a day after from, 2026-05-01.',
      ],
    ],
  ])('%s', (_, edits, expected) => {
    expect(problems(...edits)).toEqual(expected);
  });
});
