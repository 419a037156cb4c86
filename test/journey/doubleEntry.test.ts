import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { faults, signIn, violations } from './visitor.ts';

describe.skipIf(!journeysCanRun())('data managers', () => {
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

  test('find the second entry of somebody whose network was gone, and the first as it was', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'coordinator');
    await page.goto('/s/ipt-depression/double-entry');
    await page
      .getByRole('link', { name: /^Enter again, / })
      .first()
      .click();
    await page.getByText('0 of 17 answered').waitFor();
    const path = new URL(page.url()).pathname;
    const [participant, visit, instrument] = path.split('/').slice(4) as [string, string, string];
    const api = `/api/studies/ipt-depression/participants/${participant}/visits/${visit}/forms/${instrument}`;
    const firstVersions = () =>
      place.services.db.read
        .selectFrom('form')
        .innerJoin('participant', 'participant.id', 'form.participant_id')
        .select('form.version')
        .where('participant.code', '=', participant)
        .where('form.visit', '=', visit)
        .where('form.instrument', '=', instrument)
        .executeTakeFirstOrThrow();
    const before = await firstVersions();
    await context.setOffline(true);
    for (const key of ['2', '1', '0']) await page.keyboard.press(key);
    const bar = page.locator('[data-form-bar]').getByRole('status');
    await bar.filter({ hasText: 'Saved on this device' }).waitFor();
    await page.reload().catch(() => undefined);
    await context.setOffline(false);
    await page.goto('/s/ipt-depression/worklist');
    await expect
      .poll(async () => {
        const entry = await (await context.request.get(`${api}/second-entry`)).json();
        return (entry as { values: object }).values;
      })
      .toEqual({ 1: { value: 2 }, 2: { value: 1 }, 3: { value: 0 } });
    expect(await firstVersions()).toEqual(before);
    await page.goto(path);
    await page.getByText('3 of 17 answered').waitFor();

    // In another window meanwhile: field by field.
    await context.setOffline(true);
    await page.keyboard.press('1');
    await bar.filter({ hasText: 'Saved on this device' }).waitFor();
    const values = { 1: { value: 2 }, 2: { value: 1 }, 3: { value: 0 }, 4: { value: 2 } };
    const saved = await context.request.put(`${api}/second-entry`, {
      data: { version: 1, values, assessedOn: null, complete: false },
      headers: { Origin: place.server.url },
    });
    expect(saved.ok(), await saved.text()).toBe(true);
    await context.setOffline(false);
    const conflict = page.getByRole('region', { name: 'Two versions of this form' });
    await conflict.waitFor();
    expect(await violations(page)).toEqual([]);
    await conflict.getByRole('radio').first().check();
    await conflict.getByRole('button', { name: 'Save what I chose' }).click();
    await conflict.waitFor({ state: 'detached' });
    await page.getByText('4 of 17 answered').waitFor();
    await context.close();
  });

  test('decide where two entries differ, with the keyboard', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'data-manager');
    await page.goto('/s/ipt-depression/double-entry');
    const decide = page.getByRole('link', { name: /^Decide, / });
    await decide.first().waitFor();
    const waiting = await decide.count();
    await decide.first().click();
    await page.getByRole('button', { name: /^Save 0 decisions/ }).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('1');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save 2 decisions' }).click();
    await page.getByText('Adjudicated', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'All forms' }).click();
    await page.getByRole('heading', { name: 'Error rates' }).waitFor();
    await expect.poll(() => decide.count()).toBe(waiting - 1);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('close a query with C, reopen it with a reason, and close several at once', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'data-manager');
    await page.goto('/s/ipt-depression/queries?status=answered');
    await page.getByRole('button', { name: /^Close query/ }).waitFor();
    await page.keyboard.press('c');
    await page.getByText('No query is like this').waitFor();
    await page.goto('/s/ipt-depression/queries?status=closed&sort=newest');
    await page.getByRole('button', { name: /^Reopen query/ }).click();
    await page.getByRole('dialog').getByLabel('Reason').fill('The letter says otherwise');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Reopen query/ })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.goto('/s/ipt-depression/queries');
    const ticks = page.getByRole('checkbox', { name: /^Tick query/ });
    await ticks.first().waitFor();
    const open = await ticks.count();
    await ticks.nth(0).check();
    await ticks.nth(1).check();
    await page.getByRole('button', { name: 'Close…' }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Close 2 queries' }).click();
    await expect.poll(() => ticks.count()).toBe(open - 2);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('decisions and the age of queries hold in every look', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'data-manager');
    await page.goto('/s/ipt-depression/queries?ageing=sites');
    expect(await faults(page)).toEqual([]);
    await page.goto('/s/ipt-depression/double-entry');
    await page
      .getByRole('link', { name: /^Decide, / })
      .first()
      .click();
    await page.getByRole('button', { name: /^Save 0 decisions/ }).waitFor();
    expect(await faults(page)).toEqual([]);
    await context.close();
  });
});
