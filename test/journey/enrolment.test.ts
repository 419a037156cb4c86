import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCalibration } from '../../server/demo/calibration.ts';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch, watch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { focused, tabTo } from './keys.ts';
import { signIn } from './visitor.ts';

describe.skipIf(!journeysCanRun())('a coordinator enrols a participant', () => {
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

  test('from signing in to the printed slip without a mouse, a 17-item scale in 17 key presses and Enter', async () => {
    const context = await browser.newContext({ baseURL: place.server.url, reducedMotion: 'reduce' });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const problems = watch(context);
    const { people, password } = await readCalibration();
    const type = (text: string) => page.keyboard.type(text);
    const key = (name: string) => page.keyboard.press(name);
    await page.goto('/sign-in');
    await page.getByLabel('Work e-mail').waitFor();
    await tabTo(page, /^Work e-mail/);
    await type(people.coordinator.email);
    await tabTo(page, /^Password/);
    await type(password);
    await key('Enter');
    await page.waitForURL('**/worklist');
    problems.length = 0;
    await page.getByRole('link', { name: 'Enrol a participant' }).waitFor();
    await expect.poll(async () => (await focused(page)).role).toBe('main');
    await tabTo(page, /^Enrol a participant/);
    await key('Enter');
    await page.getByRole('radio', { name: 'Lohja' }).waitFor();
    expect((await focused(page)).role, 'a page that was gone to has the focus').toBe('main');
    await tabTo(page, /^Lohja/);
    await key('Space');
    await tabTo(page, /^Female/);
    await key('Space');
    await tabTo(page, /^Age/);
    await type('44');
    await tabTo(page, /^Save and go on/);
    await key('Enter');
    await page.getByRole('heading', { name: /^Eligibility of LOH-/ }).waitFor();
    const code = /LOH-\d+/.exec(page.url())![0];

    const { document } = (await (await context.request.get('/api/studies/ipt-depression')).json()) as {
      document: {
        eligibility: { kind: string; text: string }[];
        visits: { id: string; instruments: string[] }[];
      };
    };
    await expect.poll(async () => (await focused(page)).role).not.toBe('body');
    for (const { kind } of document.eligibility) {
      await tabTo(page, /^Yes/);
      await key('Space');
      if (kind !== 'inclusion') await key('ArrowRight');
    }
    await tabTo(page, /^(Save and go on|Confirm)/);
    await key('Enter');
    await page.getByRole('heading', { name: `Consent of ${code}` }).waitFor();
    await tabTo(page, /^Record consent/);
    await key('Enter');
    await page.getByRole('heading', { name: `Baseline of ${code}` }).waitFor();
    await tabTo(page, /^HAM-D17/);
    await key('Enter');
    await page.getByText('0 of 17 answered').waitFor();
    let presses = 0;
    const press = async (name: string): Promise<void> => {
      await key(name);
      presses += 1;
    };
    for (let item = 0; item < 17; item += 1) await press('1');
    await page.getByText('17 of 17 answered').waitFor();
    await press('Enter');
    await page.getByText('Complete', { exact: true }).first().waitFor();
    expect(presses).toBe(18);
    // Seventeen items scored 1 each add up to 17.
    expect(await page.getByRole('complementary', { name: 'Total and keys' }).innerText()).toMatch(/\b17\b/);
    // Saved, the form leads on to the next, and there to its first item.
    await expect.poll(async () => (await focused(page)).name).toMatch(/^Next: CGI-S/);
    await key('Enter');
    await page.getByRole('heading', { name: /CGI-S/ }).first().waitFor();
    await expect.poll(async () => (await focused(page)).role).toMatch(/radio|input/);

    const today = new Date().toLocaleDateString('en-CA', { timeZone: 'Europe/Helsinki' });
    const baseline = document.visits[0]!;
    for (const instrument of baseline.instruments.slice(1)) {
      const saved = await context.request.put(
        `/api/studies/ipt-depression/participants/${code}/visits/baseline/forms/${instrument}`,
        { data: { version: 0, assessedOn: today, values: answers[instrument], complete: true } },
      );
      expect(saved.status(), `${instrument}: ${await saved.text()}`).toBe(200);
    }

    await page.goto(`/s/ipt-depression/enrol/${code}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page
      .getByRole('button', { name: /^6 Randomise|^Randomise/ })
      .first()
      .waitFor();
    await tabTo(page, /^6 Randomise|^Randomise/);
    await key('Enter');
    await tabTo(page, /^Type the participant ID/);
    await type(code);
    await tabTo(page, new RegExp(`^Randomise ${code}`));
    await key('Enter');
    const slip = page.getByRole('article', { name: 'Allocation slip' });
    await slip.waitFor();
    expect(await slip.innerText()).toMatch(/IPT|PeGT|TAU/);
    expect(await slip.innerText()).toContain('135');

    await expect.poll(async () => (await focused(page)).role).not.toBe('body');
    const arms = await place.services.db.read
      .selectFrom('allocation')
      .select('arm')
      .where('number', '=', 135)
      .execute();
    expect(arms).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  test('what was typed before a reload is still there after it', async () => {
    const { page } = await signIn(browser, place.server.url, 'assessor');
    const row = page.getByRole('link', { name: /^(LOH|VIH)-\d+/ }).nth(4);
    const code = (await row.innerText()).trim();
    await page.goto(`/s/ipt-depression/participants/${code}/m12/hamd17`);
    await page.getByText('0 of 17 answered').waitFor();
    for (const key of ['2', '1', '0']) await page.keyboard.press(key);
    await page.getByText('3 of 17 answered').waitFor();
    await page.getByText(/^Saved \d\d:\d\d/).waitFor();
    await page.reload();
    await page.getByText('3 of 17 answered').waitFor();
  });
});

const answers: Record<string, Record<string, { value: number } | { missing: string }>> = {
  'cgi-s': { severity: { value: 4 } },
  sofas: { rating: { value: 55 } },
  background: {
    education: { value: 2 },
    work: { value: 1 },
    living: { value: 2 },
    'first-onset': { value: 31 },
    episodes: { value: 1 },
    duration: { value: 5 },
    'earlier-psychotherapy': { value: 0 },
  },
  medication: {
    antidepressant: { value: 1 },
    change: { value: 0 },
    hypnotic: { value: 0 },
    antipsychotic: { value: 0 },
  },
};
