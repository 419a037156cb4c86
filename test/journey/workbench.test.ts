import type { Browser, Page } from 'playwright-core';
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
    await page.getByRole('button', { name: 'Show the data' }).click();
    const data = page.getByRole('region', { name: 'Data of the run' });
    // One row for each of the 134 who were randomised, and one of names.
    await data.waitFor();
    expect(await data.getByRole('row').count()).toBe(135);
    expect(await data.getByRole('row').nth(1).innerText()).toMatch(/^[A-Z]{3}-\d{4}\t(ipt|pegt|tau)\t/);
    await page.getByRole('button', { name: 'Show the code' }).click();
    expect(await page.getByRole('region', { name: 'R script' }).textContent()).toContain('read.csv');
    await page.getByText('tests run this script').waitFor();
    await page.getByRole('button', { name: 'SAS', exact: true }).click();
    expect(await page.getByRole('region', { name: 'SAS script' }).textContent()).toContain('riskdiff');
    await page.getByText('no test runs it').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Mark as reported' }).click();
    await page.getByLabel('Where was it reported?').fill('Main report');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Reported: Main report').waitFor();
    expect(problems).toEqual([]);
    await context.close();
  });

  test('picture, table and method change together with every choice, and plan and exploratory with them', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'statistician');
    await page.goto('/s/ipt-depression/workbench');
    await shownOn(page);
    await takesFiles(page);
    // Under another seed nothing was run yet.
    await page.getByLabel('Seed').fill('11');
    const planned = await runOn(page);
    expect(planned.badge).toBe('Per plan');
    let before = planned;
    const steps: [string, (page: Page) => Promise<unknown>, 'Per plan' | 'Exploratory'][] = [
      ['population', (on) => on.getByLabel('Population').selectOption('started-treatment'), 'Exploratory'],
      ['missing data', (on) => on.getByLabel('Missing data').selectOption('observed'), 'Exploratory'],
      ['visit', (on) => on.getByLabel('Visit').selectOption('m3'), 'Exploratory'],
      ['estimand', (on) => on.getByLabel('Analysis').selectOption('hamd-ancova'), 'Per plan'],
      ['covariates', (on) => on.getByRole('checkbox', { name: 'Sex' }).uncheck(), 'Exploratory'],
      ['outcome', (on) => on.getByLabel('Outcome').selectOption('response'), 'Exploratory'],
    ];
    for (const [what, choose, badge] of steps) {
      await choose(page);
      const now = await runOn(page);
      expect(now.badge, what).toBe(badge);
      for (const part of ['picture', 'table', 'method'] as const)
        expect(now[part], `${part} after another choice of ${what}`).not.toBe(before[part]);
      fromOneRun(now);
      before = now;
    }
    await page.getByLabel('Analysis').selectOption('primary');
    expect(await shownOn(page)).toEqual(planned);
    await context.close();
  });
});

interface Shown {
  badge: string;
  picture: string;
  table: string;
  method: string;
}

async function runOn(page: Page): Promise<Shown> {
  await page.getByText('These choices weren’t run yet').waitFor();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  return shownOn(page);
}

/** What the page shows of the run: the picture by its description, the table of numbers, the methods sentence. */
async function shownOn(page: Page): Promise<Shown> {
  const numbers = page.getByRole('region', { name: 'Numbers' });
  await numbers.waitFor();
  const badge = page.getByRole('status').filter({ hasText: /^(Per plan|Exploratory)/ });
  return {
    badge: (await badge.locator('strong').textContent())!,
    picture: (await page.locator('[role="img"][aria-label]').first().getAttribute('aria-label'))!,
    table: await numbers.getByRole('table').innerText(),
    method: (await numbers.locator('p').first().textContent())!,
  };
}

/** Each number of the picture’s comparison stands in the table too. */
function fromOneRun({ picture, table }: Shown): void {
  const counts = [...picture.matchAll(/(\d+)\/(\d+)/g)].map(([one]) => one);
  for (const count of counts) expect(table.replaceAll(' ', ''), picture).toContain(count);
}

/** Every file of a picture is named after the run, and speaks for itself; the numbers stand in a table. */
async function takesFiles(page: Page): Promise<void> {
  const card = page.getByRole('region', { name: /treatment policy by arm$/ });
  await card.getByRole('button', { name: /download picture or data/ }).click();
  for (const [item, ending, part] of [
    ['Picture, SVG', 'svg', 'run 1, data to'],
    ['Picture, PNG', 'png', 'PNG'],
    ['Numbers, CSV', 'csv', 'Responders'],
    ['Vega-Lite spec', 'vl.json', 'vega-lite'],
  ]) {
    const href = await card.getByRole('menuitem', { name: item }).getAttribute('href');
    const reply = await page.request.get(href!);
    expect(reply.headers()['content-disposition']).toBe(
      `attachment; filename="ipt-depression-run-1-primary-1.${ending}"`,
    );
    expect((await reply.body()).toString('latin1')).toContain(part);
  }
  await page.keyboard.press('Escape');
  await card.getByRole('button', { name: /show data as a table/ }).click();
  await card.getByRole('columnheader', { name: 'Responders' }).waitFor();
}
