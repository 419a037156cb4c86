import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCalibration } from '../../server/demo/calibration.ts';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { faults, signIn, violations } from './visitor.ts';

const PASSWORD = 'three words make one';
const study = '/s/ipt-depression';

/** Where pictures of the pages go, for whoever wants to look at them. */
const pictures = process.env.EQUIPOISE_PICTURES;
async function look(page: Page, name: string): Promise<void> {
  await page.locator('h1').first().waitFor();
  expect(await violations(page), name).toEqual([]);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

const codeOf = (secret: string, stepsOn = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + stepsOn * 30_000 });

describe.skipIf(!journeysCanRun())('accounts', () => {
  let place: Place;
  let browser: Browser;
  beforeAll(async () => {
    place = await demonstration(webFolder);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  test('the owner invites; the invited person chooses a password and turns a second factor on; both are asked for', async () => {
    const owner = await signIn(browser, place.server.url, 'owner');
    await owner.page.goto(`${study}/people`);
    await look(owner.page, 'people');
    const lapsed = owner.page.getByRole('row', { name: /Lapsed on/ });
    expect(await lapsed.count()).toBe(1);
    await lapsed.getByRole('button', { name: /^New link/ }).click();
    await owner.page.getByRole('dialog').getByLabel('Link', { exact: true }).waitFor();
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    await lapsed.waitFor({ state: 'detached' });
    await owner.page.getByRole('button', { name: 'Invite a person' }).click();
    const dialog = owner.page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Iida Invited');
    await dialog.getByLabel('Work e-mail').fill('iida@example.org');
    await dialog.getByLabel('Role').selectOption('monitor');
    await dialog.getByRole('button', { name: 'Invite Iida Invited' }).click();
    const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
    await look(owner.page, 'invited');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await owner.page.getByRole('cell', { name: 'iida@example.org' }).waitFor();

    const context = await browser.newContext({ baseURL: place.server.url, reducedMotion: 'reduce' });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    await page.goto(link);
    await page.getByText('You are invited to').waitFor();
    await look(page, 'invitation');
    await page.getByLabel('Password').fill('password1234');
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByText('one of the first that anybody would try').first().waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.waitForURL(`**${study}**`);

    await page.goto(`${study}/account`);
    await page.getByRole('button', { name: 'Turn on' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await look(page, 'factor');
    const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.locator('.backup-codes li').nth(9).waitFor();
    await look(page, 'backup-codes');
    const backup = await page.locator('.backup-codes li').first().innerText();
    await page.getByRole('button', { name: 'I have kept the codes' }).click();
    await page.getByText('10 of 10 backup codes left').waitFor();
    await look(page, 'account');

    for (const code of [codeOf(secret, 1), backup]) {
      await context.clearCookies();
      await page.goto('/sign-in');
      await page.getByLabel('Work e-mail').fill('iida@example.org');
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
      await page.getByLabel('Code', { exact: true }).fill(code === backup ? '000000' : code);
      if (code === backup) {
        await look(page, 'code');
        await page.getByRole('button', { name: 'Confirm' }).click();
        await page.getByText('The code isn’t right').waitFor();
        await page.getByLabel('Code', { exact: true }).fill(code);
      }
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.waitForURL('**/s/**');
    }
    await context.close();
    expect(owner.problems).toEqual([]);
    await owner.context.close();
  });

  test('a role that the owner asks for a second factor sets it up before anything else', async () => {
    const owner = await signIn(browser, place.server.url, 'owner');
    await owner.page.goto(`${study}/people`);
    await owner.page.getByRole('button', { name: 'Second factor', exact: true }).click();
    await owner.page.getByRole('checkbox', { name: 'Statistician' }).check();
    await look(owner.page, 'required');
    await owner.page.getByRole('button', { name: 'Save', exact: true }).click();
    await owner.page.getByText('Needed, not on yet').waitFor();

    const { people, password } = await readCalibration();
    const context = await browser.newContext({
      baseURL: place.server.url,
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 844 },
    });
    const page = await context.newPage();
    await page.goto(`${study}/results`);
    await page.getByLabel('Work e-mail').fill(people.statistician.email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    await page.getByRole('heading', { name: 'Turn on your second factor' }).waitFor();
    await look(page, 'needed-phone');
    await page.getByLabel('Your password').fill(password);
    await page.getByRole('button', { name: 'Continue' }).click();
    const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
    await look(page, 'factor-phone');
    await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
    await page.getByRole('button', { name: 'Turn it on' }).click();
    await page.getByRole('button', { name: 'I have kept the codes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Results' }).waitFor();
    await context.close();
    await owner.context.close();
  });

  test('the account log holds what was filtered for', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'owner');
    await page.goto(`${study}/account-log?action=session.opened`);
    await page.getByRole('cell', { name: 'Signed in' }).first().waitFor();
    expect(await faults(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});
