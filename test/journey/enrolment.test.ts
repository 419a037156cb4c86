import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
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

  test('from screening to the printed slip, a 17-item scale in 17 key presses and Enter', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'coordinator');
    await page.waitForURL('**/worklist');
    await page.getByRole('link', { name: 'Enrol a participant' }).click();
    await page.getByRole('radio', { name: 'Lohja' }).check();
    await page.getByRole('radio', { name: 'Female' }).check();
    await page.getByLabel('Age, years').fill('44');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByRole('heading', { name: /^Eligibility of LOH-/ }).waitFor();
    const code = /LOH-\d+/.exec(page.url())![0];

    const { document } = (await (await context.request.get('/api/studies/ipt-depression')).json()) as {
      document: {
        eligibility: { kind: string; text: string }[];
        visits: { id: string; instruments: string[] }[];
      };
    };
    for (const { kind, text } of document.eligibility)
      await page
        .getByRole('group', { name: text })
        .getByRole('radio', { name: kind === 'inclusion' ? 'Yes' : 'No' })
        .check();
    await page.getByRole('button', { name: /^(Save and go on|Confirm)/ }).click();
    await page.getByRole('heading', { name: `Consent of ${code}` }).waitFor();
    await page.getByRole('button', { name: 'Record consent' }).click();
    await page.getByRole('heading', { name: `Baseline of ${code}` }).waitFor();

    await page.getByRole('link', { name: /^HAM-D17/ }).click();
    await page.getByText('0 of 17 answered').waitFor();
    let presses = 0;
    const press = async (key: string): Promise<void> => {
      await page.keyboard.press(key);
      presses += 1;
    };
    for (let item = 0; item < 17; item += 1) await press('1');
    await page.getByText('17 of 17 answered').waitFor();
    await press('Enter');
    await page.getByText('Complete', { exact: true }).first().waitFor();
    expect(presses).toBe(18);
    // Seventeen items scored 1 each add up to 17.
    expect(await page.getByRole('complementary', { name: 'Total and keys' }).innerText()).toMatch(/\b17\b/);

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
    await page
      .getByRole('button', { name: /^6 Randomise|^Randomise/ })
      .first()
      .click();
    await page.getByLabel('Type the participant ID to confirm').fill(code);
    await page.getByRole('button', { name: `Randomise ${code}` }).click();
    const slip = page.getByRole('article', { name: 'Allocation slip' });
    await slip.waitFor();
    expect(await slip.innerText()).toMatch(/IPT|PeGT|TAU/);
    expect(await slip.innerText()).toContain('135');

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
