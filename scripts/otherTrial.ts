import type { Page } from 'playwright-core';
import { findUser, insertMembership } from '../server/accounts/store.ts';
import { recordConsent } from '../server/consent/record.ts';
import { readCalibration } from '../server/demo/calibration.ts';
import { keepMadeUp } from '../server/demo/identities.ts';
import { saveForm } from '../server/forms/save.ts';
import { confirmEligibility } from '../server/participants/confirmEligibility.ts';
import { screenParticipant } from '../server/participants/screen.ts';
import type { Caller, Services } from '../server/services.ts';
import { addStudy } from '../server/studies/add.ts';
import type { RoleName } from '../server/studies/document.ts';
import { loadStudy } from '../server/studies/load.ts';
import { currentStudy } from '../server/studies/store.ts';
import { today } from '../server/visits/today.ts';

const STUDY = 'example-drug-trial';

/**
 * Adds the example drug trial for what the demonstration has no place for: a form with every kind of item, half filled,
 * and a study whose coordinators may look up who somebody is.
 *
 * @returns the pages to photograph, for the coordinator
 */
export async function addOtherTrial(services: Services): Promise<[title: string, path: string][]> {
  const loaded = await loadStudy(`data/studies/${STUDY}.yaml`, ['data/instruments']);
  const document = { ...loaded.document, identities: { coordinators: true } };
  await addStudy(services, { document, instruments: loaded.instruments });
  const study = (await currentStudy(services.db.read, STUDY))!;
  const { people } = await readCalibration();
  const user = (await findUser(services.db.read, people.coordinator.email))!;
  const at = services.now().toISOString();
  await services.db.write((tx) =>
    insertMembership(tx, {
      id: crypto.randomUUID(),
      userId: user.id,
      study: STUDY,
      role: 'coordinator',
      site: null,
      at,
      by: user.id,
    }),
  );
  const as = (role: RoleName): Caller => ({ user, study, roles: [role], sites: null, blinded: true });
  const coordinator = as('coordinator');
  const { code } = await screenParticipant(services, coordinator, {
    key: crypto.randomUUID(),
    site: document.sites[0]!.id,
    screenedOn: today(services),
    values: Object.fromEntries(
      document.screening.fields.map((field) => {
        if (field.kind === 'choice') return [field.id, field.options[0]!.value];
        return [field.id, document.eligibility.find((one) => one.field === field.id)?.from ?? field.min];
      }),
    ),
  });
  await keepMadeUp(services, as('identity-custodian'), code);
  const answers = Object.fromEntries(document.eligibility.map(({ id, kind }) => [id, kind === 'inclusion']));
  await confirmEligibility(services, coordinator, code, { version: 1, answers });
  await recordConsent(services, coordinator, code, {
    version: 2,
    consentVersion: document.consent.versions.at(-1)!.version,
    signedOn: today(services),
  });
  const place = { participant: code, visit: 'baseline', instrument: 'treatment-history' };
  await saveForm(services, coordinator, place, {
    version: 0,
    assessedOn: today(services),
    complete: false,
    values: {
      kinds: { value: [1, 2] },
      'first-treated': { value: '2019-03' },
      courses: { value: 14 },
      height: { value: 172 },
      weight: { value: 81.5 },
    },
  });
  const participant = `/s/${STUDY}/participants/${code}`;
  return [
    ['form-every-kind', `${participant}/baseline/treatment-history`],
    ['participant-identity', `${participant}?tab=identity`],
  ];
}

/** Asks for the identity, as whoever needs it does. */
export async function showIdentity(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show identity' }).click();
  await page.locator('.identity-facts').waitFor();
}
