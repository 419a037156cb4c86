import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { signIn, type Visitor, violations } from './visitor.ts';

const home = '/s/ipt-depression';

describe.skipIf(!journeysCanRun())('a coordinator', () => {
  let place: Place;
  let browser: Browser;
  let visitor: Visitor;
  beforeAll(async () => {
    place = await demonstration(webFolder);
    browser = await launch();
    visitor = await signIn(browser, place.server.url, 'coordinator');
  });
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  /** Who is randomised and has an open visit, the last to close first. */
  const due = async (page: Page): Promise<string[]> => {
    await page.goto(`${home}/worklist`);
    const rows = page.getByRole('main').getByRole('row').filter({ hasNotText: 'Baseline' });
    const links = rows.getByRole('link', { name: /^[A-Z]{3}-\d+$/ });
    await links.first().waitFor();
    return [...new Set(await links.allInnerTexts())].reverse();
  };
  const gone = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });

  test('records a serious event, sees its clock on the worklist, reports it and corrects it with a reason', async () => {
    const { page, problems } = visitor;
    const [code] = await due(page);
    await page.goto(`${home}/participants/${code}?tab=harms`);
    await page.getByRole('button', { name: 'Record an adverse event' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What happened').fill('Fracture of the wrist');
    await dialog.getByLabel('Onset').fill('2026');
    await dialog.getByLabel('It is ongoing').check();
    // Nobody's judgement stands there beforehand.
    expect(await dialog.getByRole('button', { name: 'Record it' }).isDisabled()).toBe(true);
    await dialog.getByLabel('Severity').selectOption('1');
    await dialog.getByLabel('Unlikely').check();
    await dialog.getByLabel('Requires or prolongs a stay in hospital').check();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await gone(page);
    await page.goto(`${home}/worklist`);
    const banner = page.getByRole('status').filter({ hasText: 'Fracture of the wrist' });
    await banner.getByText(/left to report/).waitFor();
    await banner.getByRole('link', { name: 'Report it' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Fracture of the wrist' });
    await row.getByRole('button', { name: 'Reported' }).click();
    await dialog.getByRole('button', { name: 'It is reported now' }).click();
    await gone(page);
    await page.goto(`${home}/harms`);
    await row.getByText(/^Reported/).waitFor();
    await row.getByRole('button', { name: 'Correct Fracture of the wrist' }).click();
    await dialog.getByLabel('Severity').selectOption('2');
    const save = dialog.getByRole('button', { name: 'Save the correction' });
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('Reason for the change').fill('The letter of discharge says so');
    await save.click();
    await gone(page);
    await row.getByRole('button', { name: /in full/ }).click();
    await dialog.getByText('Reason: The letter of discharge says so').waitFor();
    await dialog.getByText('Severity: Mild').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.goto(`${home}/worklist`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('main').getByRole('table').waitFor();
    expect(await banner.count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test('stops treatment of one, who stays due, and assessments of another, who is due no more', async () => {
    const { page, problems } = visitor;
    const [stays, leaves] = await due(page);
    const stop = async (code: string, part: RegExp) => {
      await page.goto(`${home}/participants/${code}`);
      await page.getByRole('button', { name: /^More/ }).click();
      await page.getByRole('menuitem', { name: 'Withdraw, or stop a part' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(part).check();
      await dialog.getByLabel('Reason').selectOption({ index: 1 });
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Record it' }).click();
      await gone(page);
    };
    await stop(stays!, /treatment of the study stops/);
    await page.getByText(/Visits stay due/).waitFor();
    await stop(leaves!, /Visits and assessments stop/);
    const open = await due(page);
    expect(open).toContain(stays);
    expect(open).not.toContain(leaves);
    await page.getByRole('row').filter({ hasText: stays! }).getByText('Treatment stopped').waitFor();
    expect(problems).toEqual([]);
  });
});
