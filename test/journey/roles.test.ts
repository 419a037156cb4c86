import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webFolder } from '../../server/paths.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { signIn, violations } from './visitor.ts';

/** Where each role begins, and what the navigation never offers it. */
const roles: [RoleName, string, string[]][] = [
  ['coordinator', 'worklist', ['Import', 'People', 'Audit trail']],
  [
    'assessor',
    'worklist',
    [
      'Enrol',
      'Exports',
      'Import',
      'People',
      'Audit trail',
      'Groups',
      'Randomisation',
      'Simulator',
      'Unblinding',
    ],
  ],
  ['investigator', 'results', ['Import', 'People', 'Audit trail']],
  ['statistician', 'results', ['Enrol', 'Participants', 'Worklist', 'People']],
  ['data-manager', 'worklist', ['Enrol', 'People']],
  ['monitor', 'results', ['Enrol', 'Exports', 'Import', 'People']],
  ['owner', 'results', ['Enrol', 'Participants', 'Exports', 'Import']],
];

describe.skipIf(!journeysCanRun())('every role, on every page that it is offered', () => {
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

  test.each(roles)('%s begins at %s; axe finds nothing', async (role, landing, never) => {
    const { page, context, problems } = await signIn(browser, place.server.url, role);
    await page.waitForURL(`**/${landing}`);
    const navigation = page.getByRole('navigation', { name: 'Main', exact: true });
    await navigation.getByRole('link').first().waitFor();
    const links = await navigation.getByRole('link').all();
    expect(links.length).toBeGreaterThan(1);
    const offered: { name: string; href: string }[] = [];
    for (const link of links)
      offered.push({
        name: (await link.innerText()).split('\n')[0]!.trim(),
        href: (await link.getAttribute('href'))!,
      });
    for (const name of never) expect(offered.map((one) => one.name)).not.toContain(name);
    for (const { href } of offered) {
      await page.goto(href);
      await page.waitForLoadState('networkidle');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      expect(await violations(page), `${role} ${href}`).toEqual([]);
    }
    expect(problems).toEqual([]);
    await context.close();
  });

  test('the dashboard shows arms to the investigator, with the counts of the calibration', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'investigator');
    await page.getByText('Arms shown').waitFor();
    const main = page.getByRole('main');
    // data/demo/ipt-depression.yaml: responders ÷ observed at 3 and 12 months.
    for (const share of [
      '16/38 (42%)',
      '16/27 (59%)',
      '14/34 (41%)',
      '21/35 (60%)',
      '20/26 (77%)',
      '22/32 (69%)',
    ])
      await main.getByText(share).first().waitFor();
    await context.close();
  });

  test('the blinded assessor sees pooled figures and no arm anywhere', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'assessor');
    await page.goto('/s/ipt-depression/results');
    await page.getByText('Arms hidden').first().waitFor();
    const html = await page.content();
    for (const arm of ['IPT', 'PeGT', 'TAU']) expect(html).not.toContain(`>${arm}<`);
    await context.close();
  });

  test.each(['dark', 'phone'] as const)('the main pages in %s have no violation', async (look) => {
    const visitor = await signIn(
      browser,
      place.server.url,
      'coordinator',
      look === 'dark' ? { scheme: 'dark' } : { phone: true },
    );
    const { page } = visitor;
    const participant = (
      await page
        .getByRole('link', { name: /^(LOH|VIH)-\d+/ })
        .first()
        .innerText()
    ).trim();
    for (const path of [
      'worklist',
      'participants',
      `participants/${participant}`,
      `participants/${participant}/m12/hamd17`,
      'enrol',
      'queries',
      'groups',
      'randomisation',
      'simulator',
      'results',
    ]) {
      await page.goto(`/s/ipt-depression/${path}`);
      await page.waitForLoadState('networkidle');
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      expect(await violations(page), path).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${path} is wider than the screen`).toBeLessThanOrEqual(0);
    }
    await visitor.context.close();
  });
});
