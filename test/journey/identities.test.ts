import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { signIn, violations } from './visitor.ts';

describe.skipIf(!journeysCanRun())('identities and the trail', () => {
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

  test('a custodian looks at somebody for a purpose, and a monitor finds the look on the trail', async () => {
    const custodian = await signIn(browser, place.server.url, 'identity-custodian');
    await custodian.page.goto('/s/ipt-depression/identities?kept=yes');
    const first = custodian.page.getByRole('table').getByRole('button').first();
    const code = (await first.textContent())!;
    await first.click();
    await custodian.page.getByLabel('Purpose').selectOption({ label: 'For their safety' });
    await custodian.page.getByRole('button', { name: 'Show identity' }).click();
    const name = await custodian.page.locator('.identity-facts dd').first().textContent();
    expect(name!.length).toBeGreaterThan(2);
    expect(await violations(custodian.page)).toEqual([]);
    await custodian.page.getByRole('button', { name: 'Hide' }).click();
    expect(await custodian.page.getByText(name!).count()).toBe(0);

    await custodian.page.getByLabel('Whole name, number or address').fill(name!);
    await custodian.page.getByRole('button', { name: 'Find', exact: true }).click();
    await custodian.page.getByRole('status').getByRole('button', { name: code }).waitFor();
    expect(custodian.problems).toEqual([]);
    await custodian.context.close();

    const monitor = await signIn(browser, place.server.url, 'monitor');
    await monitor.page.goto(`/s/ipt-depression/audit?action=identity.open&find=${code}`);
    const look = monitor.page.getByRole('row').filter({ hasText: code });
    await look.first().waitFor();
    const { rows } = await monitor.page.evaluate(
      async (address) => (await fetch(address)).json(),
      `/api/studies/ipt-depression/audit?action=identity.open&participant=${code}`,
    );
    expect(rows[0]).toMatchObject({ action: 'identity.open', after: { purpose: 'safety' } });
    // Neither the page nor what is behind it says who it is.
    expect(await monitor.page.content()).not.toContain(name);
    expect(JSON.stringify(rows)).not.toContain(name);
    expect(await violations(monitor.page)).toEqual([]);
    expect(monitor.problems).toEqual([]);
    await monitor.context.close();
  });

  test('the contacts list is refused in words when the session is over', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'identity-custodian');
    await page.goto('/s/ipt-depression/identities');
    await page.getByRole('button', { name: 'Take contacts list' }).click();
    const dialog = page.getByRole('dialog');
    await page.route('**/exports/contacts.csv', (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/json',
        body: JSON.stringify({
          error: 'not-allowed',
          message: 'Your role may not do this.',
          reference: 'ABC-123',
        }),
      }),
    );
    await dialog.getByLabel('Reason').fill('Letters before the follow-up');
    await dialog.getByRole('button', { name: 'Take the list' }).click();
    await dialog.getByText('Your role may not do this.').waitFor();
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('Letters before the follow-up');
    await page.unroute('**/exports/contacts.csv');
    const taken = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Take the list' }).click();
    expect((await taken).suggestedFilename()).toMatch(/\.csv$/);
    await context.close();
  });

  test('a data manager ends a plan of reviews with a reason', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'data-manager');
    await page.goto('/s/ipt-depression/audit-reviews');
    await page
      .getByRole('button', { name: /^End the plan/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('The sponsor reviews from now on');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'End the plan' }).click();
    await page.getByText('Ended', { exact: true }).waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });
});
