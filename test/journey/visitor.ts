import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { chooseLanguage } from '../../server/accounts/sessions/contract.ts';
import { readCalibration } from '../../server/demo/calibration.ts';
import type { Language } from '../../server/language/language.rules.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { watch } from '../setup/browser.ts';
import { count, settled } from './settle.ts';
import { smallTargets } from './targets.ts';

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What the browser complained about by itself. */
  problems: string[];
}

export interface Look {
  scheme?: 'light' | 'dark';
  phone?: boolean;
}

/** A person in a role, signed in through the sign-in page, on their landing page. */
export async function signIn(
  browser: Browser,
  url: string,
  role: RoleName,
  look: Look = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: look.phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
    colorScheme: look.scheme ?? 'light',
    reducedMotion: 'reduce',
    baseURL: url,
  });
  context.setDefaultTimeout(20_000);
  const problems = watch(context);
  count(context);
  const page = await context.newPage();
  const { people, password } = await readCalibration();
  await page.goto('/sign-in');
  await page.getByLabel('Work e-mail').fill(people[role].email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).first().click();
  await page.waitForURL('**/s/**');
  // Before signing in, asking who is signed in is answered with 401; that is no problem.
  problems.length = 0;
  return { page, context, problems };
}

/** Keeps the language with the account of whoever is signed in on the page, and shows the page in it. */
export async function speak(page: Page, language: Language): Promise<void> {
  const { path, method } = chooseLanguage;
  const reply = await page.request.fetch(path, { method, data: { language } });
  if (!reply.ok()) throw new Error(`The language was not kept: ${await reply.text()}`);
  await page.reload();
  await page.locator(`html[lang=${language}] nav:visible`).first().waitFor();
}

/** Goes to another page of the study as a link does, without loading everything anew. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((path) => history.pushState(null, '', path), path);
  await page.waitForURL(`**${path}`);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFinding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe needs most of its time for: whether texts stand out from what is behind them. */
const CONTRAST = 'color-contrast';

/** Violations that axe finds on the page once it stands still, in words. @param options of `axe.run`: all rules where none are named */
export async function violations(page: Page, options: object = {}): Promise<string[]> {
  await settled(page);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = await page.evaluate(async (options) => {
    const { axe } = window as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: AxeFinding[] }> };
    };
    // Style sheets needn't be fetched again: that is for one experimental rule.
    const all = { resultTypes: ['violations'], preload: false, ...options };
    return (await axe.run(document, all)).violations;
  }, options);
  return found.map(
    ({ id, impact, nodes }) =>
      `${id} (${impact}): ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`,
  );
}

/**
 * What is wrong with the page as it stands, in light, in dark and at a phone's width: axe's violations, targets
 * that are too small, and a page wider than its screen. Dark has the same elements as light, so only its contrast is judged
 * again; a phone has the same colours, so its contrast is not.
 */
export async function faults(page: Page): Promise<string[]> {
  const found = (await violations(page)).map((one) => `light: ${one}`);
  for (const one of await smallTargets(page)) found.push(`light: ${one}`);
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const one of await violations(page, { runOnly: { type: 'rule', values: [CONTRAST] } }))
    found.push(`dark: ${one}`);
  await page.emulateMedia({ colorScheme: 'light' });
  const wide = page.viewportSize()!;
  await page.setViewportSize({ width: 390, height: 844 });
  const structure = { rules: { [CONTRAST]: { enabled: false } } };
  for (const one of await violations(page, structure)) found.push(`phone: ${one}`);
  for (const one of await smallTargets(page)) found.push(`phone: ${one}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) found.push(`phone: ${overflow} pixels wider than the screen`);
  await page.setViewportSize(wide);
  return found;
}

/**
 * What is wrong with the dialog that was just opened, on a wide screen and at a phone's width: targets that are too
 * small, and parts beyond the screen. Escape has to close it, and the focus to go back to what opened it.
 */
export async function faultsOfDialog(page: Page, opener: Locator): Promise<string[]> {
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.waitForFunction(() => document.activeElement?.closest('[role=dialog]'), null, { polling: 20 });
  const wide = page.viewportSize()!;
  const handle = await opener.elementHandle();
  const found = (await smallTargets(page, '[role=dialog]')).map((one) => `light: ${one}`);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const one of await smallTargets(page, '[role=dialog]')) found.push(`phone: ${one}`);
  const { x, width } = (await dialog.boundingBox())!;
  if (x < 0 || x + width > 390) found.push('phone: the dialog is wider than the screen');
  await page.setViewportSize(wide);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  // Where the narrow page has other elements than the wide one, the opener isn't there any more.
  await page
    .waitForFunction(
      (element) =>
        element?.isConnected ? document.activeElement === element : document.activeElement !== document.body,
      handle,
      { timeout: 2_000, polling: 20 },
    )
    .catch(() => found.push('the focus is not back at what opened the dialog'));
  return found;
}
