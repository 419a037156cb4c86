import type { RoleName, StudyDocument } from '../../../server/studies/document.ts';
import { type LoadedStudy, loadStudy } from '../../../server/studies/load.ts';

export type Screening = Record<string, string | number>;
export type Rule = StudyDocument['allocation']['rule'];

export const blocks = (...sizes: number[]): Rule => ({ method: 'permuted-blocks', blocks: sizes });
export const minimisation: Rule = {
  method: 'minimisation',
  distance: 'range',
  probability: '4/5',
  overall: true,
  unequal: 'biased-coin',
};

const fields: StudyDocument['screening']['fields'] = [
  {
    id: 'sex',
    label: 'Sex',
    kind: 'choice',
    options: [
      { value: 'female', label: 'Female' },
      { value: 'male', label: 'Male' },
    ],
  },
  { id: 'age', label: 'Age', kind: 'number', min: 0, max: 120 },
];

const bySite = { id: 'site', label: 'Site', by: 'site', weight: 1 } as const;
const bySex = { id: 'sex', label: 'Sex', by: { field: 'sex' }, weight: 1 };
export const byAge = (...cuts: number[]) => ({
  id: 'age',
  label: 'Age',
  by: { field: 'age', cuts },
  weight: 1,
});

/** Site number n from 1, such as s3 with code SC. */
const siteOf = (n: number): StudyDocument['sites'][number] => ({
  id: `s${n}`,
  code: `S${String.fromCharCode(64 + n)}`,
  name: `Site ${n}`,
});

export interface Wanted {
  rule?: Rule;
  /** 2 unless given. */
  sites?: number;
  strata?: StudyDocument['allocation']['strata'];
  /** Ratio; arms are called alpha, beta, gamma, … */
  ratio?: number[];
  beacon?: string;
  blinded?: RoleName[];
}

export const armNames = ['alpha', 'beta', 'gamma', 'delta'];

/** Read once a process: every test makes its own document of it. */
const shipped = loadStudy('data/studies/example-drug-trial.yaml', ['data/instruments']);

/** A study document with one baseline form, three arms 1:1:1 and two sites unless told otherwise. */
export async function studyOf(wanted: Wanted = {}): Promise<LoadedStudy> {
  const { document, instruments } = await shipped;
  const visits = document.visits.map((visit) => ({ ...visit, instruments: ['phq9'] }));
  return {
    instruments: instruments.filter(({ id }) => id === 'phq9'),
    document: {
      ...document,
      id: 'trial',
      code: 'T-1',
      visits,
      outcomes: document.outcomes.filter(({ instrument }) => instrument === 'phq9'),
      estimands: [],
      arms: (wanted.ratio ?? [1, 1, 1]).map((ratio, k) => ({
        id: armNames[k]!,
        short: armNames[k]!,
        name: `Treatment ${armNames[k]}`,
        ratio,
        reference: k === 0,
        group: { from: 2, to: 3 },
      })),
      sites: Array.from({ length: wanted.sites ?? 2 }, (_, i) => siteOf(i + 1)),
      screening: { ...document.screening, fields },
      eligibility: [{ id: 'age', kind: 'inclusion', text: 'Adult', field: 'age', from: 18 }],
      allocation: {
        rule: wanted.rule ?? blocks(3, 6),
        strata: wanted.strata ?? [bySite, bySex],
        beacon: wanted.beacon,
      },
      masking: { blinded: wanted.blinded ?? [] },
    },
  };
}

/** n people of two sites, both sexes and many ages. */
export const people = (n: number): { site: string; values: Screening }[] =>
  Array.from({ length: n }, (_, i) => ({
    site: `s${(i % 2) + 1}`,
    values: { sex: i % 3 === 0 ? 'male' : 'female', age: 20 + ((i * 7) % 50) },
  }));

export const secretOf = (number: number): Uint8Array =>
  Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + number * 11 + 5) % 256);
