import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

const places = [
  process.env.CHROMIUM,
  // Without windows to draw it does the same in three quarters of the time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].filter((place) => place !== undefined);

/** Path of a Chromium on this machine, or null. */
export const chromiumPath: string | null = places.find((place) => existsSync(place)) ?? null;

/**
 * Whether journeys can run. Without a Chromium it says so in one line; under CI that is a failure, because a journey
 * that nobody ran proves nothing.
 */
export function journeysCanRun(): boolean {
  if (chromiumPath !== null) return true;
  const line = 'No Chromium found (set CHROMIUM to its path, or install it): the journeys are skipped.';
  if (process.env.CI) throw new Error(line);
  process.stderr.write(`${line}\n`);
  return false;
}

export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // Each page is loaded anew, so what is compiled best is seldom used: a fifth of the pages' time.
      '--js-flags=--no-opt --no-maglev',
    ],
  });
}

/** Problems that a browser reports by itself: errors on the console and exceptions of the page. */
export function watch(context: BrowserContext): string[] {
  const problems: string[] = [];
  context.on('page', (page) => {
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
  });
  return problems;
}
