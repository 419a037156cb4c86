import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readForm } from '../../server/forms/contract.ts';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { Enrolment } from '../setup/enrol.ts';
import { type Agent, done, PASSWORD, type TestServer, testServer } from '../setup/http.ts';
import { violations } from './visitor.ts';

const study = 'example-drug-trial';
const instrument = 'treatment-history';

describe.skipIf(!journeysCanRun())('a form with every kind of item', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let agent: Agent;
  let code: string;
  beforeAll(async () => {
    server = await testServer([study], { now: new Date().toISOString(), pages: webFolder });
    const user = await server.account('Irja Salo');
    await server.join(user, study, 'coordinator');
    agent = await server.signIn(user);
    code = await new Enrolment(server, await server.study(study), agent).upTo('consented');
    browser = await launch();
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(10_000);
    page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByLabel('Work e-mail').fill(user.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    await page.waitForURL('**/s/**');
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const params = () => ({ study, participant: code, visit: 'baseline', instrument });
  const item = (label: string) => page.getByRole('group', { name: label, exact: true });
  const open = (label: string) => item(label).getByRole('button', { name: label, exact: true }).click();
  /** Enters something in the field of an item, and waits until it is the item's answer. */
  const fill = async (label: string, text: string) => {
    await open(label);
    await item(label).getByRole('textbox', { name: label, exact: true }).fill(text);
  };

  test('is entered by keyboard, branched, checked, explained and completed', async () => {
    await page.goto(`/s/${study}/participants/${code}/baseline/${instrument}`);
    await item('Treatments so far').getByRole('checkbox').first().waitFor();
    expect(await item('Courses of medication').count(), 'not before medication is chosen').toBe(0);

    // The option that stands alone and the others take each other’s place.
    const box = (name: string) => item('Treatments so far').getByRole('checkbox', { name });
    await box('None of these').press('Space');
    expect(await item('First treatment began').count()).toBe(0);
    await box('Medication').press('Space');
    expect(await box('None of these').isChecked()).toBe(false);
    expect(await item('Courses of medication').count()).toBe(1);

    await fill('First treatment began', 'Mar 2019');
    await page.getByText('Mar 2019', { exact: true }).first().waitFor();
    await fill('Courses of medication', '14');
    await fill('Of these, adequate', '15');
    await page.getByText('more adequate courses than courses').waitFor();

    // What is answered and would disappear is asked about first.
    await open('Treatments so far');
    await box('None of these').press('Space');
    const asked = page.getByRole('dialog', { name: 'This hides 3 answers' });
    await asked.getByText('Courses of medication').waitFor();
    expect(await violations(page)).toEqual([]);
    await asked.getByRole('button', { name: 'Leave as it was' }).click();
    expect(await box('Medication').isChecked()).toBe(true);

    await fill('Height', '170');
    await fill('Weight', '200');
    await page
      .getByText('Look at height and weight', { exact: false })
      .or(page.getByText('The body-mass index is unusual', { exact: false }))
      .first()
      .waitFor();
    expect(await item('Body-mass index').getByRole('status').textContent()).toBe('69.2 kg/m²');
    await item('Weight')
      .getByRole('textbox', { name: /^Reason/ })
      .fill('Weighed twice');

    await open('Hope of getting better');
    const slider = page.getByRole('slider', { name: 'Hope of getting better' });
    for (const key of ['Home', 'ArrowRight', 'ArrowRight']) await slider.press(key);
    await item('Hope of getting better').getByText('2', { exact: true }).first().waitFor();

    // A file of another kind is refused before it leaves; the right one is kept, and can be replaced.
    await open('Referral letter');
    const choose = async (name: string, mimeType: string, bytes: Buffer) => {
      const waiting = page.waitForEvent('filechooser');
      await item('Referral letter')
        .getByRole('button', { name: /file: Referral letter$/ })
        .click();
      await (await waiting).setFiles({ name, mimeType, buffer: bytes });
    };
    await choose('notes.txt', 'text/plain', Buffer.from('notes'));
    await page.getByText('notes.txt can’t be kept: this takes PDF, JPEG or PNG, at most 5 MB.').waitFor();
    await choose('scan.pdf', 'application/pdf', Buffer.alloc(5_100_000, '%PDF-'));
    await page.getByText('scan.pdf has 5.1 MB: this takes PDF, JPEG or PNG, at most 5 MB.').waitFor();
    await choose('first.pdf', 'application/pdf', Buffer.from('%PDF-1.4 first'));
    await page.getByRole('link', { name: /^first\.pdf/ }).waitFor();
    await choose('letter.pdf', 'application/pdf', Buffer.from('%PDF-1.4 letter'));
    const link = page.getByRole('link', { name: /^letter\.pdf/ });
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe('letter.pdf');
    expect(await violations(page)).toEqual([]);

    // The list of what is left leads to each of it.
    await page.getByRole('button', { name: 'Mark complete' }).first().click();
    await page.getByRole('button', { name: /more adequate courses than courses/ }).click();
    await item('Of these, adequate').getByRole('textbox').fill('3');
    await fill('Courses of medication', '14');
    await item('Courses of medication')
      .getByRole('textbox', { name: /^Reason/ })
      .fill('Confirmed by the clinic');
    await page.getByRole('button', { name: 'Mark complete' }).first().click();
    await expect
      .poll(async () => (await done(agent, readForm, { params: params() })).status)
      .toBe('complete');
    const form = await done(agent, readForm, { params: params() });
    expect(form.values).toMatchObject({
      kinds: { value: [1] },
      'first-treated': { value: '2019-03' },
      courses: { value: 14 },
      adequate: { value: 3 },
      hope: { value: 2 },
      referral: { value: { name: 'letter.pdf', type: 'application/pdf' } },
    });
    expect(form.reasons).toEqual({ 'unusual-bmi': 'Weighed twice', courses: 'Confirmed by the clinic' });
  });
});
