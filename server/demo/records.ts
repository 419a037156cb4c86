import { addDeviation } from '../deviations/add.ts';
import { reviewDeviation } from '../deviations/review.ts';
import type { HarmContent } from '../harms/contract.ts';
import { harm } from '../harms/kind.ts';
import { reportHarm } from '../harms/report.ts';
import { addMedication } from '../medication/add.ts';
import { addRecord } from '../records/add.ts';
import { addDays } from '../visits/days.rules.ts';
import { Chance } from './chance.ts';
import { clock, type Person } from './enrolment.ts';
import type { Script } from './script.ts';

const key = () => crypto.randomUUID();
const mild: HarmContent = {
  term: 'Headache',
  onset: '',
  end: null,
  ongoing: false,
  serious: [],
  awareAt: null,
  severity: 1,
  relatedness: 'unlikely',
  expectedness: 'not-judged',
  action: 'none',
  outcome: 'recovered',
  narrative: '',
};

/** Adverse events, medication and deviations of a few people; one serious event reported in time, one with its clock running. */
export function records(
  script: Script,
  people: readonly Person[],
  pending: readonly Person[],
  now: Date,
): void {
  const chance = new Chance('equipoise-demonstration records');
  const today = now.toISOString().slice(0, 10);
  const terms = ['Headache', 'Nausea', 'Insomnia', 'Anxiety increased', 'Fall', 'Dizziness'];
  people.slice(4, 64).forEach((person, index) => {
    if (index % 6 !== 0) return;
    const on = addDays(person.randomisedOn, chance.integer(10, 60));
    script.at(clock(on, chance, 13, 14), async (services, as) => {
      const content = { ...mild, term: terms[(index / 6) % terms.length]!, onset: on, end: on };
      await addRecord(services, as('coordinator'), harm, person.code, { key: key(), content });
    });
    const since = addDays(person.randomisedOn, 1);
    script.at(clock(since, chance, 13, 14), async (services, as) => {
      await addMedication(services, as('coordinator'), person.code, {
        key: key(),
        content: {
          drug: chance.pick(['Sertraline', 'Escitalopram', 'Zopiclone', 'Ibuprofen']),
          dose: 50,
          unit: 'mg',
          frequency: 'Once a day',
          indication: chance.pick(['Depression', 'Insomnia', 'Back pain']),
          start: person.randomisedOn.slice(0, 7),
          end: null,
          ongoing: true,
          event: null,
        },
        recordEventOn: null,
      });
    });
  });
  const hospital = people[10]!;
  const admitted = addDays(hospital.randomisedOn, 33);
  serious(
    script,
    hospital,
    `${admitted}T06:40:00.000Z`,
    `${admitted}T15:05:00.000Z`,
    'Overdose of medication',
  );
  const heard = new Date(now.getTime() - 17 * 3_600_000).toISOString();
  serious(script, pending[1]!, heard, null, 'Admission for suicidal thoughts');
  const left = people[20]!;
  script.at(clock(addDays(left.randomisedOn, 20), chance), async (services, as) => {
    const { id, version } = await addDeviation(services, as('coordinator'), {
      key: key(),
      site: left.site,
      participant: left.code,
      content: {
        category: 'confidentiality',
        severity: 'minor',
        on: addDays(left.randomisedOn, 19),
        description: 'A paper form lay in the waiting room for an hour.',
        action: 'Form locked away; the team was reminded.',
      },
    });
    await reviewDeviation(services, as('monitor'), id, { version, note: 'Seen at the visit.' });
  });
  script.at(clock(addDays(today, -4), chance), async (services, as) => {
    await addDeviation(services, as('coordinator'), {
      key: key(),
      site: left.site,
      participant: null,
      content: {
        category: 'blinding',
        severity: 'major',
        on: addDays(today, -5),
        description: 'A therapist named a treatment in the assessors’ meeting.',
        action: '',
      },
    });
  });
}

function serious(script: Script, person: Person, heard: string, reported: string | null, term: string): void {
  script.at(heard, async (services, as) => {
    const content: HarmContent = {
      ...mild,
      term,
      onset: heard.slice(0, 10),
      ongoing: true,
      serious: ['hospitalisation'],
      awareAt: heard,
      severity: 3,
      outcome: 'recovering',
      narrative: 'Admitted through the emergency department; followed on the ward.',
    };
    const { id } = await addRecord(services, as('coordinator'), harm, person.code, { key: key(), content });
    if (reported === null) return;
    script.at(reported, async (later, who) => {
      const note = 'By the sponsor’s form, to its safety desk.';
      await reportHarm(later, who('investigator'), id, { key: key(), version: 1, note });
    });
  });
}
