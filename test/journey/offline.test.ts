import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCalibration } from '../../server/demo/calibration.ts';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { signIn, type Visitor, violations } from './visitor.ts';

const study = 'ipt-depression';

describe.skipIf(!journeysCanRun())('entry while the server cannot be reached', () => {
  let place: Place;
  let browser: Browser;
  let code: string;
  let codes: string[];
  beforeAll(async () => {
    place = await demonstration(webFolder);
    browser = await launch();
    const blank = await place.services.db.read
      .selectFrom('participant')
      .select('code')
      .where('status', '=', 'randomised')
      .where('site', '=', 'lohja')
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('form')
              .select('form.id')
              .whereRef('form.participant_id', '=', 'participant.id')
              .where('form.visit', '=', 'm12'),
          ),
        ),
      )
      .orderBy('code', 'desc')
      .limit(3)
      .execute();
    codes = blank.map((one) => one.code);
    code = codes[0]!;
  });
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  const path = (participant: string, instrument = 'hamd17') =>
    `/s/${study}/participants/${participant}/m12/${instrument}`;
  const api = (participant: string, instrument = 'hamd17') =>
    `/api/studies/${study}/participants/${participant}/visits/m12/forms/${instrument}`;
  const open = async ({ page }: Visitor, participant: string, answered: string) => {
    await page.goto(path(participant));
    await page.getByText(answered).waitFor();
  };
  const mark = (page: Page, words: string | RegExp) =>
    page.locator('[data-form-bar]').getByRole('status').filter({ hasText: words }).waitFor();
  const answers = async ({ context }: Visitor, participant: string) =>
    (
      (await (await context.request.get(api(participant))).json()) as {
        version: number;
        values: Record<string, { value: number }>;
      }
    ).values;

  test('what is typed offline survives a reload, a restart of the server and the way back', async () => {
    const visitor = await signIn(browser, place.server.url, 'coordinator');
    const { page, context } = visitor;
    await open(visitor, code, '0 of 17 answered');
    await page.keyboard.press('2');
    await mark(page, /^Saved \d\d:\d\d/);

    await context.setOffline(true);
    await page.keyboard.press('1');
    await mark(page, 'Saved on this device');
    await page.keyboard.press('0');
    await page.getByText(/has not answered since/).waitFor();
    expect(await violations(page)).toEqual([]);

    // The page itself can't be had now: what was typed is in the browser's database.
    await page.reload().catch(() => undefined);
    await place.restart();
    await context.setOffline(false);
    await page.goto(`/s/${study}/worklist`);
    await page.getByRole('button', { name: /^All saved/ }).waitFor();
    await expect
      .poll(() => answers(visitor, code))
      .toEqual({
        1: { value: 2 },
        2: { value: 1 },
        3: { value: 0 },
      });
    await open(visitor, code, '3 of 17 answered');
    await mark(page, /^Saved \d\d:\d\d/);
    await context.close();
  });

  test('who saved in between meets nobody’s answers overwritten: field by field', async () => {
    const mine = await signIn(browser, place.server.url, 'coordinator');
    await open(mine, codes[1]!, '0 of 17 answered');
    await mine.context.setOffline(true);
    for (const key of ['2', '1', '1']) await mine.page.keyboard.press(key);
    await mark(mine.page, 'Saved on this device');
    const theirs = await signIn(browser, place.server.url, 'assessor');
    await open(theirs, codes[1]!, '0 of 17 answered');
    for (const key of ['3', '1']) await theirs.page.keyboard.press(key);
    await mark(theirs.page, /^Saved \d\d:\d\d/);
    await theirs.context.close();

    // Left on a page that is gone, the work is met from the list of what is on this device only.
    await mine.page.reload().catch(() => undefined);
    await mine.context.setOffline(false);
    await mine.page.goto(`/s/${study}/worklist`);
    await mine.page.getByRole('button', { name: '1 form needs you' }).click();
    const dialog = mine.page.getByRole('dialog', { name: 'On this device only' });
    await dialog.getByText('choose field by field').waitFor();
    expect(await violations(mine.page)).toEqual([]);
    await dialog.getByRole('link', { name: 'Open' }).click();
    const conflict = mine.page.getByRole('region', { name: 'Two versions of this form' });
    await conflict.waitFor();
    expect(await violations(mine.page)).toEqual([]);
    const save = conflict.getByRole('button', { name: 'Save what I chose' });
    expect(await save.isDisabled()).toBe(true);
    // By keyboard: one answer of mine, the other is theirs alone or mine alone already.
    await conflict.getByRole('radio').first().focus();
    await mine.page.keyboard.press('Space');
    await save.press('Enter');
    await mark(mine.page, /^Saved \d\d:\d\d/);
    expect(await answers(mine, codes[1]!)).toEqual({
      1: { value: 2 },
      2: { value: 1 },
      3: { value: 1 },
    });

    // Taken back as a change of its own: the version grows.
    await mine.page.getByRole('heading', { level: 1 }).click();
    await mine.page.keyboard.press('Control+z');
    await expect.poll(() => answers(mine, codes[1]!)).toEqual({ 1: { value: 3 }, 2: { value: 1 } });
    await mark(mine.page, /^Saved \d\d:\d\d/);
    await mine.context.close();
  });

  test('another person on the same device neither sees nor sends it; its own person does', async () => {
    const visitor = await signIn(browser, place.server.url, 'coordinator');
    const { page, context } = visitor;
    await open(visitor, codes[2]!, '0 of 17 answered');
    await context.route('**/visits/m12/forms/**', (route) => route.abort());
    await page.keyboard.press('3');
    await mark(page, 'Saved on this device');
    await page.getByRole('button', { name: /Coordinator/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    const warning = page.getByRole('dialog', { name: '1 form not sent yet' });
    await warning.getByText(codes[2]!).waitFor();
    expect(await violations(page)).toEqual([]);
    await warning.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await context.unroute('**/visits/m12/forms/**');

    const { people, password } = await readCalibration();
    const enter = async (email: string) => {
      await page.getByLabel('Work e-mail').fill(email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
      await page.waitForURL('**/s/**');
    };
    await enter(people.assessor.email);
    await page.getByRole('button', { name: /^All saved/ }).click();
    await page.getByText('Everything that you typed is on the server.').waitFor();
    await page.keyboard.press('Escape');
    await open(visitor, codes[2]!, '0 of 17 answered');
    expect(await answers(visitor, codes[2]!)).toEqual({});
    await page.getByRole('button', { name: /Assessor/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');

    await enter(people.coordinator.email);
    await expect.poll(() => answers(visitor, codes[2]!)).toEqual({ 1: { value: 3 } });
    await context.close();
  });

  test('a session that ends under the hands is opened again in place, and what was typed goes on', async () => {
    const visitor = await signIn(browser, place.server.url, 'coordinator');
    const { page, context } = visitor;
    await open(visitor, codes[2]!, '1 of 17 answered');
    await context.clearCookies();
    await page.keyboard.press('2');
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await mark(page, 'Saved on this device');
    expect(await violations(page)).toEqual([]);
    const { password } = await readCalibration();
    await dialog.getByLabel('Password').fill(password);
    await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await mark(page, /^Saved \d\d:\d\d/);
    expect(await answers(visitor, codes[2]!)).toEqual({ 1: { value: 3 }, 2: { value: 2 } });
    await context.close();
  });

  test('a page whose code was never fetched keeps the shell without the network, and comes by itself after it', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'coordinator');
    await page.getByRole('region', { name: 'Worklist' }).waitFor();
    await context.setOffline(true);
    await page.getByRole('link', { name: 'Deviations' }).first().click();
    await page.getByRole('heading', { name: 'This page is still on the server' }).waitFor();
    await page
      .getByRole('alert')
      .getByText(/^The server has not answered since/)
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await context.setOffline(false);
    await page.getByRole('heading', { name: 'On record' }).waitFor();
    await context.close();
  });
});
