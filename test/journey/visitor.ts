import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readCalibration } from '../../server/demo/calibration.ts';
import type { RoleName } from '../../server/studies/document.ts';
import { watch } from '../setup/browser.ts';

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

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeFinding {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

/** Violations that axe finds on the page as it stands, in words. */
export async function violations(page: Page): Promise<string[]> {
  // A page that is still on its way has no heading yet, and is not what is to be judged.
  await page.locator('h1').first().waitFor({ state: 'attached' });
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(context: Document, options: object): Promise<{ violations: AxeFinding[] }> };
    };
    return (await axe.run(document, { resultTypes: ['violations'] })).violations;
  });
  return found.map(
    ({ id, impact, nodes }) =>
      `${id} (${impact}): ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`,
  );
}
