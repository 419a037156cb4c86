import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot, webFolder } from '../../server/paths.ts';
import { journeysCanRun, launch } from '../setup/browser.ts';
import { demonstration, type Place } from '../setup/demonstration.ts';
import { signIn, violations } from './visitor.ts';

const study = '/s/ipt-depression';
const verifier = join(packageRoot, 'randomisation/verifier.mjs');

/** Runs the stand-alone verifier as a stranger would. */
const verify = (...args: string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) =>
    execFile(process.execPath, [verifier, ...args], (error, out) =>
      resolve({ code: error ? Number(error.code) : 0, out }),
    ),
  );

describe.skipIf(!journeysCanRun())('allocation, from the design to its proof', () => {
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

  const downloadLog = async (page: Page, name: string): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Log, JSON' }).click(),
    ]);
    const path = join(place.folder, name);
    await download.saveAs(path);
    return path;
  };

  test('the simulator plays the study’s design and others through, in the browser', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'statistician');
    await page.goto(`${study}/simulator`);
    await page.getByLabel('Trials').fill('100');
    await page.getByRole('button', { name: 'Run the simulation' }).click();
    const row = (design: string) => page.getByRole('row', { name: new RegExp(`^${design}`) });
    await row('Minimisation, p = 0.9').waitFor();
    // Whoever knows nothing of simple randomisation to three even arms guesses a third right, and nothing is certain.
    expect(await row('Simple').innerText()).toMatch(/33\.3% ± 0\.00\s+33\.3% ± 0\.00\s+0\.0% ± 0\.00/);
    // In blocks of 3 the last of each block is certain: 32 % of 134 with some left incomplete.
    expect(await row('Blocks of 3 ').first().innerText()).toMatch(/3[23]\.\d% ± 0\.\d\d$/);
    await page.getByRole('heading', { name: 'What to think about before opening' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('the report text is there, and a stranger’s verifier accepts the downloaded log', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'data-manager');
    await page.goto(`${study}/randomisation`);
    for (const item of ['17a', '17b', '18', '19'])
      await page.getByRole('heading', { level: 3, name: new RegExp(`^${item} `) }).waitFor();
    await page.getByText('permuted blocks whose sizes, 6 and 9, were drawn at random').waitFor();
    await page.getByText('Allocation log').waitFor();
    expect(await violations(page)).toEqual([]);

    const served = await context.request.get('/verifier.mjs');
    expect(served.headers()['content-type']).toContain('javascript');
    expect(await served.text()).toBe(await readFile(verifier, 'utf8'));

    const path = await downloadLog(page, 'open.json');
    const commitment = /--commitment ([0-9a-f]{64})/.exec(
      await page.getByText('--commitment').locator('..').innerText(),
    )![1]!;
    const checked = await verify(path, '--commitment', commitment);
    expect(checked, checked.out).toMatchObject({ code: 0 });
    expect((await verify(path, '--commitment', '0'.repeat(64))).code).toBe(1);
    const log = JSON.parse(await readFile(path, 'utf8')) as { entries: { arm?: string }[] };
    expect(log.entries).toHaveLength(134);
    const tampered = join(place.folder, 'tampered.json');
    await writeFile(tampered, JSON.stringify({ ...log, entries: log.entries.toSpliced(60, 1) }));
    expect((await verify(tampered)).code).toBe(1);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('an emergency unblinding takes a reason and a second step, shows one arm, and is listed without it', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'investigator');
    await page.goto(`${study}/participants/LOH-0012`);
    await page.getByRole('main').getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Emergency unblinding' }).click();
    const dialog = page.getByRole('dialog');
    const first = dialog.getByRole('button', { name: 'Put the reason on record' });
    await dialog.getByLabel('Reason').fill('Admitted at night; the ward has to know.');
    expect(await first.isDisabled()).toBe(true);
    await dialog.getByLabel('Type LOH-0012 to confirm').fill('loh-0012');
    expect(await violations(page)).toEqual([]);
    await first.click();
    await dialog.getByText('Step 2 of 2').waitFor();
    expect(await dialog.innerText()).not.toMatch(/Interpersonal|Psychoeducative|usual/);
    expect(await dialog.innerText()).toContain('Maria Rantanen');
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Show the arm of LOH-0012' }).click();
    const stored = await place.services.db.read
      .selectFrom('allocation')
      .innerJoin('participant', 'participant.id', 'allocation.participant_id')
      .select('arm')
      .where('participant.code', '=', 'LOH-0012')
      .executeTakeFirstOrThrow();
    const names: Record<string, string> = {
      ipt: 'Interpersonal psychotherapy',
      pegt: 'Psychoeducative group therapy',
      tau: 'Treatment as usual',
    };
    await dialog.getByText(names[stored.arm]!).waitFor();
    await dialog.getByRole('button', { name: 'Close and hide the arm' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.getByText(names[stored.arm]!).count()).toBe(0);

    await page.goto(`${study}/unblinding`);
    await page.getByText('Admitted at night').waitFor();
    const list = await page.getByRole('main').innerText();
    expect(list).toContain('LOH-0012');
    for (const word of [...Object.values(names), 'IPT', 'PeGT', 'TAU']) expect(list).not.toContain(word);
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('a blinded assessor has none of these pages, and no answer of the server names an arm', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'assessor');
    for (const path of ['groups', 'randomisation', 'simulator', 'unblinding']) {
      await page.goto(`${study}/${path}`);
      await page.getByRole('heading', { name: 'This page is not part of your role' }).waitFor();
    }
    const api = '/api/studies/ipt-depression';
    for (const path of ['groups', 'allocations', 'allocations/log.json', 'allocation-design', 'unblindings'])
      expect((await context.request.get(`${api}/${path}`)).status(), path).toBe(403);
    await page.goto(`${study}/participants/LOH-0012?tab=history`);
    await page.getByText('Randomised').first().waitFor();
    expect(await page.getByRole('main').innerText()).not.toMatch(/IPT|PeGT|TAU|Seated|therapist/);
    await context.close();
  });

  test('a person who is registered is found again: for certain by identifier, perhaps by initials', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'coordinator');
    const screen = async (identity: { identifier?: string; initials: string }): Promise<void> => {
      await page.goto(`${study}/enrol`);
      await page.getByRole('radio', { name: 'Vihti' }).check();
      await page.getByRole('radio', { name: 'Male', exact: true }).check();
      await page.getByLabel('Age, years').fill('39');
      if (identity.identifier) await page.getByLabel('Personal identifier').fill(identity.identifier);
      await page.getByLabel('Initials').fill(identity.initials);
      await page.getByLabel('Date of birth').fill('1 Jan 1987');
      await page.getByLabel('Date of birth').blur();
      await page.getByRole('button', { name: 'Save and go on' }).click();
    };
    await screen({ identifier: '010187-999A', initials: 'TV' });
    await page.getByRole('heading', { name: /^Eligibility of VIH-/ }).waitFor();
    const code = /VIH-\d+/.exec(page.url())![0];

    await screen({ identifier: '010187 999a', initials: 'XX' });
    await page.getByText(`This person is registered already, as ${code}`).waitFor();
    expect(await page.getByRole('button', { name: /another person/ }).count()).toBe(0);

    await screen({ initials: 'tv' });
    await page.getByText(`This may be ${code}`).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'It is another person: register' }).click();
    await page.getByRole('heading', { name: /^Eligibility of VIH-/ }).waitFor();
    expect(page.url()).not.toContain(code);
    await context.close();
  });

  test('a coordinator plans a group and moves a participant into it', async () => {
    const { page, context, problems } = await signIn(browser, place.server.url, 'coordinator');
    await page.goto(`${study}/groups`);
    await page.getByRole('button', { name: 'Plan a group of PeGT at Lohja' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Begins on').fill('1 Dec 2030');
    await dialog.getByLabel('Begins on').blur();
    const name = await dialog.getByLabel('Name').inputValue();
    await dialog.getByRole('button', { name: `Plan ${name}` }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Nobody is seated yet').waitFor();

    const old = page.locator('details').filter({ hasText: 'PeGT 1' }).filter({ hasText: 'Lohja' });
    await old.locator('summary').click();
    const move = old.getByRole('button', { name: /^Move / }).first();
    const code = (await move.getAttribute('aria-label'))!.replace('Move ', '');
    await move.click();
    const option = await dialog.locator('option', { hasText: name }).innerText();
    await dialog.getByLabel('Group').selectOption({ label: option });
    await dialog.getByRole('button', { name: `Seat ${code}` }).click();
    await dialog.waitFor({ state: 'hidden' });
    const planned = page
      .locator('details')
      .filter({ hasText: name })
      .filter({ hasText: 'begins 1 Dec 2030' });
    await planned.getByRole('link', { name: code }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('an envelope that decided during an outage is entered afterwards, once', async () => {
    const manager = await signIn(browser, place.server.url, 'data-manager');
    await manager.page.goto(`${study}/randomisation`);
    await manager.page.getByRole('button', { name: 'Print envelopes' }).click();
    await manager.page.getByLabel('How many, from number 1').fill('3');
    await manager.page.getByRole('button', { name: 'Show 3 envelopes' }).click();
    await manager.page.getByText('Envelope 3', { exact: true }).waitFor();
    expect(await violations(manager.page)).toEqual([]);
    const sheet = manager.page.getByRole('listitem').filter({ hasText: 'Envelope 1: allocated to' });
    const envelope = /Envelope 1: allocated to\s+(.+)\s[\s\S]*Code\s+(\w{5} \w{5})/.exec(
      await sheet.innerText(),
    )!;
    const [arm, code] = [envelope[1]!, envelope[2]!];
    await manager.context.close();

    const { page, context } = await signIn(browser, place.server.url, 'coordinator');
    const ready = await readyParticipant(context.request);
    await page.goto(`${study}/enrol/${ready}?step=randomise`);
    const steps = page.getByRole('button', { name: 'Enter an emergency envelope' });
    if (!(await steps.isVisible()))
      await page
        .getByRole('button', { name: /Randomise/ })
        .first()
        .click();
    await steps.click();
    await page.getByLabel('Code in the envelope').fill(code.toLowerCase());
    await page.getByText('10 of 10 so far').waitFor();
    await page.getByLabel('At', { exact: true }).fill('00:00');
    await page.getByLabel('Type the participant ID to confirm').fill(ready);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: `Enter the envelope of ${ready}` }).click();
    const slip = page.getByRole('article', { name: 'Allocation slip' });
    await slip.waitFor();
    expect(await slip.innerText()).toContain(arm);
    await context.close();
  });

  test('a screening answer is put right after randomisation; the allocation stands', async () => {
    const { page, context } = await signIn(browser, place.server.url, 'coordinator');
    const arm = () =>
      place.services.db.read
        .selectFrom('allocation')
        .innerJoin('participant', 'participant.id', 'allocation.participant_id')
        .select(['arm', 'allocation.number'])
        .where('participant.code', '=', 'LOH-0012')
        .executeTakeFirstOrThrow();
    const before = await arm();
    await page.goto(`${study}/participants/LOH-0012`);
    await page.getByRole('main').getByRole('button', { name: /^More/ }).click();
    await page.getByRole('menuitem', { name: 'Correct screening answers' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The allocation stands.').waitFor();
    const save = dialog.getByRole('button', { name: 'Save the correction' });
    await dialog.getByLabel('Reason').fill('Ticked the wrong box at screening.');
    expect(await save.isDisabled()).toBe(true);
    await dialog
      .locator('label')
      .filter({ has: page.locator('input[name=sex]:not(:checked)') })
      .click();
    expect(await violations(page)).toEqual([]);
    await save.click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await arm()).toEqual(before);
    await context.close();
  });

  test('after the close every draw is verified: allocations, the envelope and the correction', async () => {
    const owner = await signIn(browser, place.server.url, 'owner');
    await owner.page.goto(`${study}/randomisation`);
    await owner.page.getByRole('button', { name: 'Reveal the secret' }).click();
    const dialog = owner.page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill('Recruitment is complete.');
    const act = dialog.getByRole('button', { name: 'Close for good' });
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByLabel('Type ipt-depression to confirm').fill('ipt-depression');
    expect(await violations(owner.page)).toEqual([]);
    await act.click();
    await owner.page.getByText('Randomisation closed').waitFor();
    await owner.context.close();

    const { page, context } = await signIn(browser, place.server.url, 'monitor');
    await page.goto(`${study}/randomisation`);
    const path = await downloadLog(page, 'closed.json');
    const checked = await verify(path);
    expect(checked, checked.out).toMatchObject({ code: 0 });
    const log = JSON.parse(await readFile(path, 'utf8')) as { entries: unknown[] };
    expect(log.entries).toHaveLength(136);
    await context.close();
  });
});

/** The person of the demonstration whose enrolment lacks nothing but the draw. */
async function readyParticipant(request: {
  get(path: string): Promise<{ json(): Promise<unknown> }>;
}): Promise<string> {
  const api = '/api/studies/ipt-depression/participants';
  const { rows } = (await (await request.get(`${api}?status=consented&size=100`)).json()) as {
    rows: { code: string }[];
  };
  for (const { code } of rows) {
    const { ready } = (await (await request.get(`${api}/${code}/readiness`)).json()) as { ready: boolean };
    if (ready) return code;
  }
  throw new Error('Nobody in the demonstration is ready to be randomised.');
}
