import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { signIn, violations } from './visitor.ts';

describe.skipIf(!journeysCanRun())('a statistician at the workbench', () => {
  let place: Place;
  let browser: Browser;
  beforeAll(async () => {
    place = await demonstration(webFolder);
    browser = await launch();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  test('runs what is planned, sees it change to exploratory, and marks what was reported', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'statistician');
    await page.goto('/s/ipt-depression/workbench');
    await page.getByRole('region', { name: 'Numbers' }).waitFor();
    await page.getByText('Reported: The primary result').waitFor();
    await page.getByLabel('Seed').fill('7');
    await page.getByText('These choices weren’t run yet').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('region', { name: 'Numbers' }).waitFor();
    expect(await page.getByRole('status').filter({ hasText: 'Per plan' }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show the code' }).click();
    expect(await page.getByRole('region', { name: 'R script' }).textContent()).toContain('read.csv');
    await page.getByRole('button', { name: 'Mark as reported' }).click();
    await page.getByLabel('Where was it reported?').fill('Main report');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Reported: Main report').waitFor();
    await page.getByLabel('Missing data').selectOption('observed');
    await page.getByLabel('Population').selectOption('started-treatment');
    await page.getByRole('status').filter({ hasText: 'Exploratory' }).waitFor();
    await page.getByText('These choices weren’t run yet').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });
});
