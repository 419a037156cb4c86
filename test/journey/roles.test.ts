import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCalibration } from '../../server/demo/calibration.ts';
import { webFolder } from '../../server/paths.ts';
import type { ChartCard, Dashboard } from '../../server/results/contract.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { isBlinded } from '../../server/studies/rules.ts';
import { currentStudy } from '../../server/studies/store.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { pdfPages } from '../setup/pdf.ts';
import { pagesOf } from './pages.ts';
import { untraced } from './trace.ts';
import { faults, faultsOfDialog, goWithin, signIn, speak } from './visitor.ts';

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
  ['identity-custodian', 'identities', ['Worklist', 'Results', 'People']],
  ['monitoring-board', 'board', ['Worklist', 'Participants', 'Results', 'Audit trail', 'People']],
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

  const judged = new Set<string>();
  test.each(roles)('%s begins at %s, and every page new to them is sound', async (role, landing, never) => {
    const { page, context, problems } = await signIn(browser, place.server.url, role);
    await page.waitForURL(`**/${landing}`);
    const pages = await pagesOf(page, place);
    expect(pages.length).toBeGreaterThan(1);
    const titles = await page
      .getByRole('navigation', { name: 'Main', exact: true })
      .getByRole('link')
      .allInnerTexts();
    for (const name of never) expect(titles.map((title) => title.split('\n')[0]!.trim())).not.toContain(name);
    const { document } = (await currentStudy(place.services.db.read, 'ipt-depression'))!;
    for (const [title, path] of pages) {
      // Two roles that see alike are served by one look; some pages are others to the blinded.
      const others =
        isBlinded(document, [role]) && ['results', 'participants', 'participant'].includes(title);
      const ofBoard = role === 'monitoring-board' && title.startsWith('board');
      const seen = others ? `${title}, blinded` : ofBoard ? `${title}, the board’s` : title;
      if (judged.has(seen)) continue;
      judged.add(seen);
      await goWithin(page, path);
      expect(await faults(page), `${role} ${path}`).toEqual([]);
    }
    expect(problems).toEqual([]);
    await context.close();
  });

  /** Where dialogs are opened, by which buttons; of a menu each of its entries. */
  const opened: [RoleName, page: string, buttons: (string | RegExp)[], menu?: RegExp][] = [
    ['coordinator', 'worklist', ['Record what was done', /^Log contact/, /^Book /]],
    ['coordinator', 'participant', ['Log contact'], /^More/],
    ['coordinator', 'participant-medication', ['Record a medication']],
    ['coordinator', 'harms', ['Reported', /in full/, /^Correct /, /^Strike /]],
    ['coordinator', 'deviations', ['Record a deviation']],
    ['coordinator', 'groups', [/^Plan a group/]],
    ['data-manager', 'audit-reviews', ['Plan reviews', 'Record a review']],
  ];
  test('dialogs hold for a finger and on a phone, and give the focus back to what opened them', async () => {
    for (const role of new Set(opened.map(([role]) => role))) {
      const { page, context, problems } = await signIn(browser, place.server.url, role);
      const pages = new Map(await pagesOf(page, place));
      for (const [, title, buttons, menu] of opened.filter(([of]) => of === role)) {
        await page.goto(pages.get(title)!);
        const button = (name: string | RegExp) =>
          page.getByRole('main').getByRole('button', { name }).first();
        for (const name of buttons) {
          await button(name).click();
          expect(await faultsOfDialog(page, button(name)), `${role} ${title} ${name}`).toEqual([]);
        }
        if (menu === undefined) continue;
        await button(menu).click();
        const entries = await page.getByRole('menuitem').allInnerTexts();
        await page.keyboard.press('Escape');
        for (const entry of entries.filter((one) => !/print/i.test(one))) {
          await button(menu).click();
          await page.getByRole('menuitem', { name: entry, exact: true }).click();
          expect(await faultsOfDialog(page, button(menu)), `${role} ${title} ${entry}`).toEqual([]);
        }
      }
      await page.setViewportSize({ width: 390, height: 844 });
      await page.getByRole('button', { name: 'More', exact: true }).click();
      const top = async () => (await page.getByRole('menu').boundingBox())!.y;
      await expect.poll(top, { message: 'the phone’s menu begins on the screen' }).toBeGreaterThanOrEqual(0);
      expect(problems).toEqual([]);
      await context.close();
    }
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
    await traceTables(page);
    await context.close();
  });

  test('the board opens a closed report after signing in once more, under a watermark, and the owner reads who did', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'monitoring-board');
    await page.getByRole('button', { name: 'Closed report of snapshot 1' }).click();
    await page.getByLabel('Your password').fill((await readCalibration()).password);
    await page.getByRole('button', { name: 'Open closed reports' }).click();
    const report = page.getByRole('article', { name: 'Closed report' });
    await report.getByRole('heading', { name: 'Harms' }).waitFor();
    expect(await report.getByText('CONFIDENTIAL').count()).toBeGreaterThan(0);
    const { people } = await readCalibration();
    expect(await report.getByText(people['monitoring-board'].name).count()).toBeGreaterThan(1);
    for (const arm of ['IPT', 'PeGT', 'TAU']) expect(await report.innerHTML()).not.toContain(`>${arm}<`);
    expect(await faults(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
    const owner = await signIn(browser, place.server.url, 'owner');
    await owner.page.goto('/s/ipt-depression/board?tab=log');
    await owner.page.getByText('Opened the closed report').first().waitFor();
    await owner.context.close();
  });

  test('the blinded assessor sees pooled figures and no arm anywhere', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'assessor');
    await page.goto('/s/ipt-depression/results');
    await page.getByText('Arms hidden').first().waitFor();
    const html = await page.content();
    for (const arm of ['IPT', 'PeGT', 'TAU']) expect(html).not.toContain(`>${arm}<`);
    // Every sheet on paper says what the page says: the study, as of when, and that arms are hidden.
    await page.getByRole('region', { name: 'Recruitment', exact: true }).waitFor();
    const sheets = pdfPages(await page.pdf({ preferCSSPageSize: true }));
    for (const [index, sheet] of sheets.entries()) {
      expect(sheet).toMatch(/DEP-3A·Asof\d{1,2}[A-Z][a-z]{2}\d{4},/);
      expect(sheet).toContain('·Armshidden·');
      expect(sheet).toContain(`Page${index + 1}of${sheets.length}`);
    }
    await context.close();
  });

  test('in Finnish the page says so, its texts are Finnish, and it holds in every look', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'coordinator');
    await speak(page, 'fi');
    await page.goto('/s/ipt-depression/worklist');
    await page.getByRole('link', { name: 'Työlista' }).first().waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('fi');
    expect(await faults(page)).toEqual([]);
    await page
      .getByRole('link', { name: /^(LOH|VIH)-\d+/ })
      .first()
      .click();
    await page.getByText('Suostumus').first().waitFor();
    expect(await faults(page)).toEqual([]);
    // Kept with the account: whoever signs in next as the coordinator has English again.
    await speak(page, 'en');
    expect(problems).toEqual([]);
    await context.close();
  });
});

/** Every number of the tables and the flow strip, as the page shows them, is one of what the server said. */
async function traceTables(page: Page): Promise<void> {
  const base = '/api/studies/ipt-depression/results';
  const read = async <T>(path: string) => (await (await page.request.get(base + path)).json()) as T;
  const { flow, completeness } = await read<Dashboard>('');
  await page.getByText('Below each share its 95% interval, in percent.').waitFor({ timeout: 60_000 });
  const { table } = await read<ChartCard>('/charts/missing-rules');
  const numbers = (values: unknown[]) => values.filter((one) => typeof one === 'number');
  const text = (value: number) => value.toLocaleString('en-GB').replace('-', '−');
  const share = (of: number, count: number) => `${Math.floor((100 * count) / of + 0.5)}%`;
  const said: Record<string, string[]> = {
    'Participant flow': [
      '1:1:1',
      ...numbers([flow.assessed, flow.excluded, flow.randomised, flow.sites]).map(text),
      ...flow.arms.flatMap(({ cells }) => cells.flatMap(({ count, note }) => [text(Number(count)), note])),
      '3 months',
      '12 months',
    ],
    Completeness: [
      'HAM-D17',
      '3 months',
      '12 months',
      ...completeness.flatMap(({ count, of }) => [`${text(count)}/${text(of)}`, share(of, count)]),
    ],
    'Response under three rules for missing scores, numbers': [
      '3 months',
      '12 months',
      '95%',
      ...table.rows.flatMap(({ responders, of, percent, lower, upper }) => [
        responders === null
          ? `${Number(percent).toFixed(1)}%`
          : `${responders}/${of} (${share(Number(of), Number(responders))})`,
        `${Number(lower).toFixed(1)} to ${Number(upper).toFixed(1)}`,
      ]),
    ],
  };
  for (const [name, phrases] of Object.entries(said)) {
    const shown = await page.getByRole('region', { name, exact: true }).innerText();
    expect(shown, name).toMatch(/\d/);
    expect(untraced(shown, phrases), name).toEqual([]);
  }
}
