import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { readCalibration } from '../../server/demo/calibration.ts';
import { webFolder } from '../../server/paths.ts';
import type { readWorklist } from '../../server/visits/contract.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { focused, tabTo } from './keys.ts';
import { type Look, signIn, violations } from './visitor.ts';

type Worklist = z.output<NonNullable<(typeof readWorklist)['reply']>>;

const study = 'ipt-depression';
const visit = 'm12';
const instrument = 'hamd17';

/** Photographs what stands there, light, dark and on a phone, where LOOK names a place for the pictures. */
async function look(page: Page, name: string) {
  if (!process.env.LOOK) return;
  const size = page.viewportSize()!;
  await page.screenshot({ path: `${process.env.LOOK}-${name}-light.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: `${process.env.LOOK}-${name}-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${process.env.LOOK}-${name}-phone.png` });
  await page.setViewportSize(size);
}

describe.skipIf(!journeysCanRun())('data capture and its oversight', () => {
  let place: Place;
  let browser: Browser;
  let complete: string;
  let blank: string[];
  beforeAll(async () => {
    place = await demonstration(webFolder);
    browser = await launch();
    const held = place.services.db.read
      .selectFrom('data_hold')
      .select('participant_id')
      .where('participant_id', 'is not', null);
    const people = await place.services.db.read
      .selectFrom('participant')
      .leftJoin('form', (join) =>
        join
          .onRef('form.participant_id', '=', 'participant.id')
          .on('form.visit', '=', visit)
          .on('form.instrument', '=', instrument),
      )
      .select(['participant.code', 'participant.status as standing', 'form.status'])
      .where('participant.status', 'in', ['randomised', 'completed'])
      .where('participant.site', '=', 'lohja')
      .where('participant.id', 'not in', held)
      .orderBy('participant.code', 'desc')
      .execute();
    complete = people.find(({ status }) => status === 'complete')!.code;
    blank = people
      .filter(({ status, standing }) => status === null && standing === 'randomised')
      .map(({ code }) => code);
  });
  afterAll(async () => {
    await browser?.close();
    await place?.close();
  });

  const path = (participant: string) => `/s/${study}/participants/${participant}/${visit}/${instrument}`;
  const api = (rest: string) => `/api/studies/${study}/${rest}`;
  const as = (role: Parameters<typeof signIn>[2], how?: Look) => signIn(browser, place.server.url, role, how);
  const mark = (page: Page, words: string | RegExp) =>
    page.locator('[data-form-bar]').getByRole('status').filter({ hasText: words }).waitFor();
  const gone = (page: Page) => page.getByRole('dialog').waitFor({ state: 'detached' });

  test('is verified and queried by keys, signed with the password, and a correction makes the signature void', async () => {
    const monitor = await as('monitor');
    const { page } = monitor;
    await page.goto(path(complete));
    const marks = page.locator('[data-mark]');
    await marks.first().waitFor();
    const state = (nth: number) => marks.nth(nth).getAttribute('data-state');
    for (const nth of [0, 1]) {
      await page.keyboard.press('j');
      const before = await state(nth);
      await page.keyboard.press('v');
      await expect.poll(() => state(nth)).toBe(before === 'verified' ? 'unverified' : 'verified');
      if (before === 'verified') await page.keyboard.press('v');
      await expect.poll(() => state(nth)).toBe('verified');
    }
    await page.keyboard.press('j');
    await page.keyboard.press('q');
    const ask = page.getByRole('dialog', { name: /^Open a query on/ });
    await ask.getByLabel('Question').fill('The sheet says 2; is that so?');
    expect(await violations(page)).toEqual([]);
    await look(page, 'query');
    await ask.getByRole('button', { name: 'Open the query' }).click();
    await gone(page);
    expect(monitor.problems).toEqual([]);

    const investigator = await as('investigator');
    await investigator.page.goto(path(complete));
    await investigator.page.getByRole('button', { name: 'Sign this form' }).click();
    const dialog = investigator.page.getByRole('dialog', { name: /^Sign / });
    const act = dialog.getByRole('button', { name: /^Sign / });
    expect(await act.isDisabled(), 'before the password').toBe(true);
    await dialog.getByLabel('What the signature means').selectOption({ index: 1 });
    await dialog.getByLabel('Your password').fill('not the password');
    await act.click();
    await dialog.getByRole('alert').waitFor();
    expect(await violations(investigator.page)).toEqual([]);
    await look(investigator.page, 'sign-refused');
    await dialog.getByLabel('Your password').fill((await readCalibration()).password);
    await dialog.getByLabel('Your password').press('Enter');
    await gone(investigator.page);
    const card = investigator.page.getByRole('region', { name: 'Signatures and locks' });
    await card.getByText(/^Valid, 1 form/).waitFor();

    const coordinator = await as('coordinator');
    await coordinator.page.goto(path(complete));
    await coordinator.page
      .locator('[data-item]')
      .first()
      .getByRole('radio', { checked: false })
      .first()
      .click();
    const correction = coordinator.page.getByRole('form', { name: 'Change to a complete form' });
    const save = correction.getByRole('button', { name: 'Save change' });
    expect(await save.isDisabled(), 'without a reason').toBe(true);
    await correction.getByLabel('Reason for the change').fill('Read again with the rater');
    expect(await violations(coordinator.page)).toEqual([]);
    await look(coordinator.page, 'correction');
    await save.click();
    await mark(coordinator.page, /^Saved \d\d:\d\d/);
    expect(coordinator.problems).toEqual([]);

    await investigator.page.reload();
    await card.getByText(/^Void since .* got version \d+ by Aino Korhonen/).waitFor();
    await look(investigator.page, 'void');
    await page.reload();
    await page.locator('[data-mark][data-state="stale"]').first().waitFor();
    for (const { context } of [monitor, investigator, coordinator]) await context.close();
  });

  test('is refused in place once somebody locks the form, and what was typed is kept until it is unlocked', async () => {
    const code = blank[0]!;
    const { page, context } = await as('coordinator');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto(path(code));
    await page.getByText('0 of 17 answered').waitFor();
    await page.keyboard.press('2');
    await mark(page, /^Saved \d\d:\d\d/);
    const send = async (role: string, address: string, body: object) => {
      const reply = await fetch(`${place.server.url}${api(address)}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: place.server.url,
          cookie: await place.signIn(role),
        },
        body: JSON.stringify(body),
      });
      expect(reply.status, await reply.clone().text()).toBe(200);
      return (await reply.json()) as { id: string };
    };
    const hold = await send('data-manager', 'locks', {
      key: crypto.randomUUID(),
      scope: { level: 'form', participant: code, visit, instrument },
      reason: 'Checked by hand',
      override: 'To be entered on paper',
    });
    await page.keyboard.press('1');
    await page.keyboard.press('1');
    const note = page.getByRole('alert').filter({ hasText: /locked by Johanna Mäkinen/ });
    await note.getByText('Your answers are kept on this device.').waitFor();
    await page.locator('[data-hold="locked"]').waitFor();
    await mark(page, 'Not saved');
    expect(await violations(page)).toEqual([]);
    await look(page, 'locked');
    await note.getByRole('button', { name: 'Copy: what you typed' }).click();
    await note.getByRole('button', { name: 'Copied: what you typed' }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n')).toEqual([
      expect.stringContaining(code),
      expect.stringMatching(/^2 .+: 1 – /),
      expect.stringMatching(/^3 .+: 1 – /),
    ]);

    // Read again, the page still has what nobody took; then the owner unlocks, and it goes.
    await page.reload();
    await note.waitFor();
    await page.getByText('3 of 17 answered').waitFor();
    await send('owner', `locks/${hold.id}/lifting`, { reason: 'Locked by mistake' });
    await note.getByRole('button', { name: 'Try now' }).click();
    await mark(page, /^Saved \d\d:\d\d/);
    const form = await context.request.get(api(`participants/${code}/visits/${visit}/forms/${instrument}`));
    expect(((await form.json()) as { values: object }).values).toEqual({
      1: { value: 2 },
      2: { value: 1 },
      3: { value: 1 },
    });
    await context.close();
  });

  test('outlives the session: asked two minutes before the end, Enter stays; an end leaves the answers on the device', async () => {
    const code = blank[1]!;
    const { page, context } = await as('coordinator');
    // What the server says of the end, as if the session had been left alone until then.
    const ends = (seconds: number) =>
      context.route(
        '**/api/session',
        async (route) => {
          const reply = await route.fetch();
          const expiresAt = new Date(Date.now() + seconds * 1000).toISOString();
          await route.fulfill({ response: reply, json: { ...(await reply.json()), expiresAt } });
        },
        { times: 1 },
      );
    await ends(115);
    await page.goto(path(code));
    const dialog = page.getByRole('dialog', { name: 'Are you still there?' });
    await dialog.getByRole('timer').waitFor();
    expect(await violations(page)).toEqual([]);
    await look(page, 'session');
    await page.keyboard.press('Enter');
    await gone(page);
    await page.keyboard.press('3');
    await mark(page, /^Saved \d\d:\d\d/);

    await ends(115);
    await page.reload();
    await dialog.getByRole('button', { name: 'Stay signed in' }).click();
    await gone(page);
    await page.getByText('1 of 17 answered').waitFor();

    await context.route('**/visits/m12/forms/**', (route) => route.abort());
    await page.keyboard.press('2');
    await mark(page, 'Saved on this device');
    await ends(2);
    await place.services.db.write((tx) => tx.deleteFrom('session').execute());
    await context.clearCookies();
    await context.unroute('**/visits/m12/forms/**');
    await page.reload();
    await page.waitForURL('**/sign-in**');
    const { people, password } = await readCalibration();
    await page.getByLabel('Work e-mail').fill(people.coordinator.email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    await page.waitForURL('**/s/**');
    await page.goto(path(code));
    await page.getByText('2 of 17 answered').waitFor();
    await mark(page, /^Saved \d\d:\d\d/);
    await context.close();
  });

  test('what one person enters changes the figures on another’s screen by itself, and as of when they are', async () => {
    const watching = await as('investigator');
    await watching.page.goto(`/s/${study}/results`);
    const main = watching.page.getByRole('main');
    const asOf = main.getByText(/^As of .+\d\d:\d\d:\d\d/);
    await asOf.waitFor();
    // A page that is loaded anew has forgotten this.
    await watching.page.evaluate(() => Object.assign(window, { sameAsBefore: true }));

    const entering = await as('coordinator');
    const { today, rows } = (await (
      await entering.context.request.get(api('worklist?size=100'))
    ).json()) as Worklist;
    const due = rows.findLast(
      (row) => row.started === null && row.next === instrument && row.visit.visit === visit,
    )!;
    expect([due.visit.opens! <= today, due.visit.closes! >= today]).toEqual([true, true]);
    const there = main
      .getByRole('region', { name: 'Completeness' })
      .getByRole('row', { name: /^HAM-D17.*12 months/ })
      .getByRole('cell')
      .first();
    const [count, of] = (await there.innerText()).split('/').map(Number);
    const before = await asOf.innerText();
    await entering.page.goto(path(due.participant));
    await entering.page.getByText('0 of 17 answered').waitFor();
    for (let item = 0; item < 17; item += 1) await entering.page.keyboard.press('1');
    await entering.page.getByText('17 of 17 answered').waitFor();
    expect(await there.innerText(), 'of complete forms only').toBe(`${count}/${of}`);
    await entering.page.keyboard.press('Enter');
    await entering.page.getByText('Complete', { exact: true }).first().waitFor();

    await expect
      .poll(async () => (await there.innerText()).split('/')[0], { timeout: 20_000 })
      .toBe(`${count! + 1}`);
    expect(await asOf.innerText()).not.toBe(before);
    expect(await watching.page.evaluate(() => 'sameAsBefore' in window)).toBe(true);
    for (const { context, problems } of [watching, entering]) {
      expect(problems).toEqual([]);
      await context.close();
    }
  });

  test('without a mouse a query is answered, the figures are filtered, and the worklist keeps the place of the focus', async () => {
    const { page, context, problems } = await as('coordinator');
    const key = (name: string) => page.keyboard.press(name);
    const row = page.locator('tr[data-key]');
    await row.first().waitFor();
    // A visit that is finished elsewhere leaves the list by itself, and the focus goes to what took its place.
    // Of the last rows, whose windows are still to open.
    await row.nth(-3).getByRole('link').first().focus();
    const keys = () => row.evaluateAll((rows) => rows.map((one) => one.getAttribute('data-key')));
    const held = () =>
      page.evaluate(() => document.activeElement?.closest('[data-key]')?.getAttribute('data-key'));
    const at = (await keys()).indexOf((await held())!);
    const code = (await held())!.split(' ')[0]!;
    const after = (await keys()).slice(at).find((one) => !one!.startsWith(`${code} `));
    const stop = await context.request.post(api(`participants/${code}/follow-up`), {
      data: {
        key: crypto.randomUUID(),
        number: 0,
        on: new Date().toISOString().slice(0, 10),
        stops: ['assessments'],
        askedBy: 'participant',
        reason: 'other',
        detail: '',
      },
    });
    expect(stop.status(), await stop.text()).toBe(200);
    await expect.poll(held, { timeout: 15_000 }).toBe(after);

    await page.goto(`/s/${study}/queries`);
    await page.locator('.query-rows li').first().waitFor();
    await key('j');
    await key('r');
    expect((await focused(page)).name).toMatch(/^Reply/);
    await page.keyboard.type('Read from the sheet again: it is right.');
    await tabTo(page, /^Reply$/);
    await key('Enter');
    await page.getByText('Read from the sheet again: it is right.').last().waitFor();
    await expect.poll(async () => (await focused(page)).fault).toBeNull();

    await page.goto(`/s/${study}/results`);
    await page.getByLabel('Site').waitFor();
    await tabTo(page, /^Site/);
    await key('ArrowDown');
    await page.waitForURL(/site=/);
    await tabTo(page, /^Visit/);
    await key('ArrowDown');
    await page.waitForURL(/visit=m3/);
    expect((await focused(page)).name).toMatch(/^Visit/);
    expect(problems).toEqual([]);
    await context.close();
  });
});
