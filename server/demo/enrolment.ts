import { recordConsent } from '../consent/record.ts';
import { confirmEligibility } from '../participants/confirmEligibility.ts';
import { screenParticipant } from '../participants/screen.ts';
import { randomise } from '../randomisation/allocate.ts';
import type { StudyDocument } from '../studies/document.ts';
import { addDays } from '../visits/days.rules.ts';
import type { Chance } from './chance.ts';
import { keepMadeUp } from './identities.ts';
import type { Script } from './script.ts';
import type { Recruit } from './timeline.ts';

/** A person's place in the script; the code is known once they are screened. */
export interface Person extends Recruit {
  code: string;
}

/** Office hours, as an ISO instant. */
export const clock = (day: string, chance: Chance, from = 7, to = 12): string =>
  `${day}T${String(chance.integer(from, to)).padStart(2, '0')}:${String(chance.integer(0, 59)).padStart(2, '0')}:${String(chance.integer(0, 59)).padStart(2, '0')}.000Z`;

export function screen(script: Script, person: Person, chance: Chance): void {
  script.at(clock(person.screenedOn, chance, 6, 7), async (services, as) => {
    const { code } = await screenParticipant(services, as('coordinator'), {
      key: crypto.randomUUID(),
      site: person.site,
      screenedOn: person.screenedOn,
      values: { sex: person.sex, age: person.age },
    });
    person.code = code;
    await keepMadeUp(services, as('identity-custodian'), code);
  });
}

/** Each criterion as an eligible person has it; `against` names one that speaks against them. */
export function judge(
  script: Script,
  person: Person,
  document: StudyDocument,
  chance: Chance,
  against?: string,
): void {
  const answers = Object.fromEntries(
    document.eligibility.map(({ id, kind }) => [id, (kind === 'inclusion') !== (id === against)]),
  );
  script.at(clock(person.screenedOn, chance, 8, 9), async (services, as) => {
    await confirmEligibility(services, as('coordinator'), person.code, { version: 1, answers });
  });
}

export function consent(
  script: Script,
  person: Person,
  document: StudyDocument,
  day: string,
  chance: Chance,
): void {
  const version = document.consent.versions.filter((one) => one.approved <= day).at(-1)!.version;
  script.at(clock(day, chance, 10, 11), async (services, as) => {
    await recordConsent(services, as('coordinator'), person.code, {
      version: 2,
      consentVersion: version,
      signedOn: day,
    });
  });
}

export function allocateAt(script: Script, person: Person, at: string): void {
  script.at(at, async (services, as) => {
    await randomise(services, as('coordinator'), person.code, {
      key: crypto.randomUUID(),
      confirm: person.code,
    });
  });
}

/** Screening, eligibility and consent of someone who goes on to randomisation. */
export function enrol(script: Script, person: Person, document: StudyDocument, chance: Chance): void {
  screen(script, person, chance);
  judge(script, person, document, chance);
  consent(script, person, document, addDays(person.screenedOn, chance.integer(1, 3)), chance);
}
