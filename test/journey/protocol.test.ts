import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { fittingScreening } from '../setup/enrol.ts';
import { faults, signIn, violations } from './visitor.ts';

const study = '/s/ipt-depression';

/** Where pictures of the pages go, for whoever wants to look at them. */
const pictures = process.env.EQUIPOISE_PICTURES;
async function look(page: Page, name: string): Promise<void> {
  expect(await violations(page), name).toEqual([]);
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
}

describe.skipIf(!journeysCanRun())('protocol and visits', () => {
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

  test('an amendment is recorded, approved and activated at one site, while the other keeps its version', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'owner');
    await page.goto(`${study}/protocol`);
    await page.getByText('Active at every site').waitFor();
    await page.getByText('window after').first().waitFor();
    await look(page, 'protocol');
    await page.getByRole('button', { name: 'Record an amendment' }).click();
    await page.getByRole('button', { name: /^Begin from version/ }).click();
    const area = page.getByLabel('Study document', { exact: true });
    await expect.poll(() => area.inputValue()).toContain('eligibility:');
    const begun = await area.inputValue();

    await area.fill(begun.replace(/missedAfter: \d+/, 'missedAfter: soon'));
    await page.getByRole('button', { name: 'Check the document' }).click();
    const where = page.getByRole('button', { name: /^Line \d+, column \d+$/ });
    const line = Number(/Line (\d+)/.exec((await where.textContent())!)![1]);
    expect(begun.split('\n')[line - 1]).toContain('missedAfter');
    await look(page, 'protocol-problems');
    await where.click();
    expect(
      await area.evaluate((one: HTMLTextAreaElement) =>
        one.value.slice(one.selectionStart, one.selectionEnd),
      ),
    ).toBe('soon');

    const criterion = 'Can read the language of the forms';
    const today = new Date().toISOString().slice(0, 10);
    const amended = begun
      .replace(
        /^eligibility:\n/m,
        `eligibility:\n  - id: reads\n    kind: inclusion\n    text: ${criterion}\n`,
      )
      .replace(/^consent:\n(?: {2}.*\n)+/m, `$&    - version: "9"\n      approved: ${today}\n`);
    expect(amended).not.toBe(begun);
    await area.fill(amended);
    await page.getByRole('button', { name: 'Check the document' }).click();
    await page.getByText(`Criterion ${criterion} added`).waitFor();
    await page.getByText('Consent form version 9 added').waitFor();
    await look(page, 'protocol-changes');
    await page.getByRole('button', { name: /^Record version/ }).click();
    await page.getByRole('region', { name: 'Record an amendment' }).waitFor({ state: 'detached' });
    const card = page.getByRole('region', { name: /^Version \d+ Not active yet$/ }).first();
    await card.getByText(criterion).waitFor();

    const [site, other] = (await sites()) as [Site, Site];
    await card.getByRole('button', { name: `Record approval of ${site.name}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Ethics committee').fill('Regional committee');
    await dialog.getByLabel('Decision document').fill('HUS/1234/2026');
    await dialog
      .locator('input[type=file]')
      .or(page.locator('input[type=file]'))
      .first()
      .setInputFiles({
        name: 'decision.pdf',
        mimeType: 'application/pdf',
        buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
      });
    await look(page, 'protocol-approve');
    await dialog.getByRole('button', { name: 'Record the approval' }).click();
    await page.getByText('HUS/1234/2026').waitFor();
    const letter = page.waitForEvent('download');
    await card.getByRole('link', { name: 'decision.pdf' }).click();
    expect((await letter).suggestedFilename()).toBe('decision.pdf');
    await card.getByText('The document as YAML, line by line').click();
    const lines = card.getByRole('region', { name: /line by line$/ });
    await lines.getByText(`text: ${criterion}`).waitFor();
    expect(
      await lines.getByRole('row', { name: criterion }).getByRole('img').getAttribute('aria-label'),
    ).toBe('Put in');
    expect(await card.getByRole('button', { name: `Activate at ${other.name}` }).count()).toBe(0);
    await card.getByRole('button', { name: `Activate at ${site.name}` }).click();
    await look(page, 'protocol-activate');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `Activate at ${site.name}` })
      .click();
    await page.getByText(`Active at ${site.name}`).waitFor();
    await look(page, 'protocol-two-versions');
    await context.close();

    const coordinator = await signIn(browser, place.server.url, 'coordinator');
    for (const [where, shown] of [
      [site, 1],
      [other, 0],
    ] as const) {
      await coordinator.page.goto(`${study}/enrol/${await screened(where.id)}?step=eligibility`);
      await coordinator.page.getByRole('heading', { name: 'Has to hold' }).waitFor();
      expect(await coordinator.page.getByText(criterion).count(), where.name).toBe(shown);
    }
    await coordinator.context.close();
  });

  test('a visit that the protocol didn’t plan is added, and its forms are entered; an appointment is moved', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'coordinator');
    const code = await followed();
    await page.goto(`${study}/participants/${code}`);
    await page.getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Add an unscheduled visit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Called because of worse sleep');
    await dialog.getByRole('checkbox').first().check();
    await look(page, 'visit-add');
    await dialog.getByRole('button', { name: 'Add the visit' }).click();
    const added = page
      .getByRole('rowgroup', { name: /Unscheduled visit 1/ })
      .or(page.locator('tbody', { hasText: 'Unscheduled visit 1' }));
    await added.getByText('Called because of worse sleep').waitFor();
    await look(page, 'visit-added');
    await added.getByRole('row').nth(1).getByRole('link').click();
    await page.waitForURL(/\/participants\/[^/]+\/[^/]+\/[^/]+$/);
    await page.locator('[data-items]').waitFor();
    await look(page, 'visit-added-form');

    await page.goto(`${study}/participants/${code}`);
    await page
      .getByRole('button', { name: /^(Book|Move the appointment), / })
      .first()
      .click();
    const booking = page.getByRole('dialog');
    const first = await booking.getByRole('button', { name: /^(Book|Move) / }).textContent();
    if (first!.startsWith('Move')) await booking.getByLabel('Why it is moved').fill('Asked for a morning');
    await booking.getByLabel('Time').fill('09:30');
    await booking.getByRole('button', { name: /^(Book|Move) / }).click();
    await booking.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Move the appointment, ' }).first().click();
    await page.getByRole('region', { name: 'Earlier appointments' }).getByText('09:30').waitFor();
    await look(page, 'visit-move');
    expect(problems).toEqual([]);
    await context.close();
  });

  test('visits by state, on paper and as a calendar', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'coordinator');
    await page.goto(`${study}/visits`);
    await page.getByRole('button', { name: /^\d+ ?Overdue/ }).waitFor();
    await page.getByRole('button', { name: 'Calendar' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Site').selectOption({ index: 1 });
    await dialog.getByRole('button', { name: 'Make an address to subscribe to' }).click();
    const address = (await dialog.locator('code').textContent())!;
    expect((await fetch(address)).status).toBe(200);
    expect(await faults(page)).toEqual([]);
    await look(page, 'visits-calendar');
    await dialog.getByRole('button', { name: 'Take back' }).first().click();
    await expect.poll(async () => (await fetch(address)).status).toBe(404);
    await page.goto(`${study}/print/visit-status?state=overdue`);
    await page.locator('[data-paper]').waitFor();
    await look(page, 'visits-print');
    expect(problems).toEqual([]);
    await context.close();
  });

  interface Site {
    id: string;
    name: string;
  }
  async function sites(): Promise<Site[]> {
    const cookie = await place.signIn('owner');
    const reply = await fetch(`${place.server.url}/api/studies/ipt-depression`, { headers: { cookie } });
    return ((await reply.json()) as { document: { sites: Site[] } }).document.sites;
  }

  /** Screens somebody at a site, and gives the ID. */
  async function screened(site: string): Promise<string> {
    const cookie = await place.signIn('coordinator');
    const address = `${place.server.url}/api/studies/ipt-depression`;
    const { document } = (await (await fetch(address, { headers: { cookie } })).json()) as {
      document: import('../../server/studies/document.ts').StudyDocument;
    };
    const reply = await fetch(`${address}/participants`, {
      method: 'POST',
      headers: { cookie, origin: place.server.url, 'content-type': 'application/json' },
      body: JSON.stringify({
        key: crypto.randomUUID(),
        site,
        screenedOn: '2026-11-20',
        values: fittingScreening(document),
      }),
    });
    expect(reply.status, await reply.clone().text()).toBe(200);
    return ((await reply.json()) as { code: string }).code;
  }

  /** Somebody in follow-up with a visit that is open. */
  async function followed(): Promise<string> {
    const cookie = await place.signIn('coordinator');
    const address = `${place.server.url}/api/studies/ipt-depression/visits?state=due`;
    const { rows } = (await (await fetch(address, { headers: { cookie } })).json()) as {
      rows: { participant: string }[];
    };
    return rows[0]!.participant;
  }
});
