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
