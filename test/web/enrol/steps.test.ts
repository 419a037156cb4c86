import { describe, expect, it } from 'vitest';
import type { ParticipantView } from '../../../server/participants/contract.ts';
import type { Readiness } from '../../../server/randomisation/contract.ts';
import { baselineForms, currentStep, isDone, stepNote } from '../../../web/enrol/steps.ts';

type Person = Pick<
  ParticipantView,
  'status' | 'screenedOn' | 'eligibility' | 'consent' | 'visits' | 'randomised'
>;

const visit = (formsDone: number, baseline = true): Person['visits'][number] => ({
  visit: baseline ? 'baseline' : 'm3',
  label: baseline ? 'Baseline' : '3 months',
  baseline,
  opens: null,
  target: null,
  closes: null,
  bookedFor: null,
  seenOn: formsDone > 0 ? '2026-11-24' : null,
  state: 'due',
  formsDone,
  formsTotal: 5,
  unscheduled: null,
});
const screened: Person = {
  status: 'screening',
  screenedOn: '2026-11-12',
  eligibility: null,
  consent: null,
  visits: [visit(0), visit(0, false)],
  randomised: null,
};
const at = '2026-11-12T10:00:00.000Z';
const eligible: Person = {
  ...screened,
  status: 'eligible',
  eligibility: { answers: { age: true }, eligible: true, confirmedBy: 'MR', confirmedAt: at },
};
const consented: Person = {
  ...eligible,
  status: 'consented',
  consent: { version: '3', signedOn: '2026-11-17', recordedBy: 'AK', recordedAt: at },
};
const complete: Person = { ...consented, visits: [visit(5), visit(0, false)] };
const readiness = (ready: boolean): Readiness => ({
  ready,
  checks: [
    { id: 'eligibility', met: ready, text: 'Eligibility has to be confirmed again' },
    { id: 'queries', met: true, text: 'No open query' },
  ],
  fixes: [],
  method: 'Simple, 1:1:1',
  designHash: '',
});

describe('the steps of enrolment', () => {
  it('stands at the first step that is not done', () => {
    expect(currentStep(undefined, undefined)).toBe('screen');
    expect(currentStep(screened, undefined)).toBe('eligibility');
    expect(currentStep(eligible, undefined)).toBe('consent');
    expect(currentStep(consented, undefined)).toBe('baseline');
    expect(currentStep(complete, readiness(false))).toBe('check');
    expect(currentStep(complete, readiness(true))).toBe('randomise');
  });

  it('stays at eligibility for a person whom a criterion speaks against', () => {
    const against: Person = {
      ...eligible,
      status: 'excluded',
      eligibility: { ...eligible.eligibility!, eligible: false },
    };
    expect(currentStep(against, undefined)).toBe('eligibility');
    expect(stepNote('eligibility', against, undefined)).toBe('12 Nov, not met');
  });

  it('counts only the baseline visit', () => {
    expect(baselineForms({ visits: [visit(2), visit(4, false)] })).toEqual({
      done: 2,
      of: 5,
      on: '2026-11-24',
    });
  });

  it('says under each step when it was done and what came of it', () => {
    expect(stepNote('screen', complete, readiness(true))).toBe('12 Nov');
    expect(stepNote('consent', complete, readiness(true))).toBe('17 Nov, version 3');
    expect(stepNote('baseline', complete, readiness(true))).toBe('24 Nov, 5 of 5 forms');
    expect(stepNote('check', complete, readiness(true))).toBe('No open query');
    expect(stepNote('check', consented, readiness(false))).toBe('');
    expect(stepNote('randomise', complete, readiness(true))).toBe('Now');
  });

  it('has every step behind it once there is an allocation', () => {
    const randomised: Person = {
      ...complete,
      status: 'randomised',
      randomised: { at, number: 118, by: 'AK', studyVersion: 3 },
    };
    expect(isDone('randomise', currentStep(randomised, readiness(false)), randomised)).toBe(true);
    expect(isDone('consent', 'consent', eligible)).toBe(false);
  });
});
