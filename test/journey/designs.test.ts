import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { webFolder } from '../../server/paths.ts';
import { type Listening, listen } from '../../server/start.ts';
import type { RoleName } from '../../server/studies/document.ts';
import type { LoadedStudy } from '../../server/studies/load.ts';
import { blocks, minimisation, people, studyOf } from '../integration/allocation/study.ts';
import { Trial } from '../integration/allocation/trial.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { violations } from './visitor.ts';

/** Designs that no shipped study has, as people see them. */
describe.skipIf(!journeysCanRun())('the randomisation page of other designs', () => {
  let browser: Browser;
  let trial: Trial;
  let server: Listening;
  let context: BrowserContext;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await context?.close();
    await server?.close();
  });

  async function begin(study: LoadedStudy): Promise<void> {
    trial = await Trial.open(study);
    server = await listen(trial.services, webFolder);
  }

  async function open(role: RoleName): Promise<Page> {
    const { email, password } = await trial.inner.signInFor(role);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.url });
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByLabel('Work e-mail').fill(email);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
    await page.waitForURL('**/s/**');
    await page.goto('/s/trial/randomisation');
    return page;
  }

  test('a list says how far each stratum is used, and warns', async () => {
    const order = ['beta', 'alpha', 'alpha', 'gamma', 'beta'];
    const entries = ['female', 'male'].flatMap((sex) => order.map((arm) => ({ stratum: { sex }, arm })));
    await begin(
      await studyOf({
        rule: { method: 'list', entries },
        strata: [{ id: 'sex', label: 'Sex', by: { field: 'sex' }, weight: 1 }],
      }),
    );
    await trial.enrol([0, 1, 2, 3].map(() => ({ values: { sex: 'female', age: 30 } })));
    const page = await open('statistician');
    await page.getByText('4 of 5').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  test('a design that waits for a public value is opened by the owner’s entering it', async () => {
    await begin(await studyOf({ rule: minimisation, beacon: 'drand round 4000000' }));
    const [code] = await trial.ready([{}]);
    const page = await open('owner');
    await page.getByRole('button', { name: /Enter/ }).click();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Value, hexadecimal').fill('5a'.repeat(32));
    await page.getByRole('button', { name: 'Enter it for good' }).click();
    await page.getByRole('button', { name: 'Enter it for good' }).waitFor({ state: 'detached' });
    expect(await trial.randomise(code!)).toMatchObject({ number: 1 });
  });

  test('each epoch has its design, its commitment and the blocks that it left open', async () => {
    await begin(await studyOf({ rule: blocks(6) }));
    await trial.enrol(people(7));
    await trial.amend((document) => ({
      ...document,
      allocation: { ...document.allocation, rule: blocks(9) },
    }));
    await trial.amend((document) => ({
      ...document,
      sites: document.sites.map((site, k) => (k === 1 ? { ...site, closed: true } : site)),
    }));
    await trial.enrol(people(4).filter(({ site }) => site === 's1'));
    const page = await open('data-manager');
    await page.getByText('Epoch 3').first().waitFor();
    await page.getByText('Epoch 1').first().waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
