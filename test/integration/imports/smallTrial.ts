import { loadInstruments } from '../../../server/instruments/load.ts';
import { type LoadedStudy, parseStudy } from '../../../server/studies/load.ts';

/**
 * A trial of two arms, two sites and two visits with every kind of item: PHQ-9 (a score that may be prorated), the
 * background form (a number that may be negative) and the medication form (a day and free text). Statisticians are
 * blinded, data managers are not.
 */
export async function smallTrial(change: (yaml: string) => string = (yaml) => yaml): Promise<LoadedStudy> {
  const instruments = await loadInstruments('data/instruments');
  return parseStudy(change(YAML), { file: 'small-trial.yaml', instruments });
}

export const YAML = `
equipoise: 1
id: small-trial
code: S/1 é
title: A small trial
short: Small
version: 1
arms:
  - { id: walking, short: Walk, name: Walking in groups }
  - { id: waiting, short: Wait, name: Waiting list, reference: true }
allocation:
  rule: { method: permuted-blocks, blocks: [4] }
  strata:
    - { id: site, label: Site, by: site }
    - { id: age, label: Age, by: { field: age, cuts: [40] } }
sites:
  - { id: hill, code: HIL, name: Hill clinic }
  - { id: lake, code: LAK, name: Lake clinic }
recruitment: { target: 60 }
screening:
  fields:
    - id: sex
      label: Sex
      kind: choice
      options:
        - { value: female, label: Female }
        - { value: male, label: Male }
    - { id: age, label: Age, kind: number, min: 18, max: 90, unit: years }
eligibility:
  - { id: diagnosis, kind: inclusion, text: Current depression }
consent:
  versions:
    - { version: "1", approved: 2026-01-02 }
masking:
  blinded: [statistician]
visits:
  - id: baseline
    label: Baseline
    baseline: true
    target: { days: 0 }
    window: { before: 0, after: 14 }
    instruments: [phq9, background, medication]
  - id: w8
    label: 8 weeks
    target: { days: 56 }
    window: { before: 7, after: 7 }
    instruments: [phq9, medication]
events:
  - { id: stopped-walking, label: Stopped walking, kind: intercurrent }
  - { id: withdrawal, label: Withdrew, kind: withdrawal }
lossReasons:
  - { id: moved, label: Moved away }
outcomes:
  - { id: phq-change, label: "PHQ-9, change", kind: change, instrument: phq9, role: primary }
`;
