import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Config } from '../config.ts';
import { conflict, Refused } from '../errors.ts';
import { chromiumPath } from './chromium.ts';

const SECONDS = 60;
const MOST_WAITING = 8;

let last: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Prints a self-contained HTML report as PDF: an installed Chromium in a temporary folder of its own, without network,
 * within a minute, one at a time.
 *
 * @throws {Refused} where there is no Chromium, too many are waiting, or it didn't print
 */
export async function printPdf(
  config: Pick<Config, 'chromium'>,
  html: string,
  log?: (what: string) => void,
): Promise<Buffer> {
  const chromium = chromiumPath(config);
  if (chromium === null)
    throw conflict(
      'This server has no Chromium to print with. Take the report as HTML: it prints from any browser, with its page numbers in Chromium 131 or newer.',
    );
  if (waiting >= MOST_WAITING)
    throw new Refused(
      'too-many',
      'Many reports wait to be printed. Try again in a minute, or take the HTML.',
    );
  waiting += 1;
  const turn = last.then(() => printOne(chromium, html, log));
  last = turn.catch(() => {});
  return turn.finally(() => {
    waiting -= 1;
  });
}

async function printOne(chromium: string, html: string, log?: (what: string) => void): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'equipoise-pdf-'));
  try {
    const page = join(folder, 'report.html');
    const out = join(folder, 'report.pdf');
    await writeFile(page, html, { mode: 0o600 });
    const said = await run(chromium, [...flags(folder), `--print-to-pdf=${out}`, pathToFileURL(page).href]);
    const pdf = await readFile(out).catch(() => null);
    if (pdf?.subarray(0, 5).toString('latin1') === '%PDF-') return pdf;
    log?.(said.slice(-2000));
    throw conflict('Chromium didn’t print the report. Nothing was changed; take the report as HTML.');
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Nothing leaves the machine: every name is unknown, and whatever isn't would go to a proxy that isn't there. */
const flags = (folder: string): string[] => [
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=127.0.0.1:9',
  '--no-pdf-header-footer',
  `--user-data-dir=${join(folder, 'profile')}`,
  // Chromium has no sandbox for the superuser; the page is the server's own, without scripts.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Runs it to its end, or stops it with everything that it started. @returns what it said on its error output */
function run(program: string, given: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, given, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let said = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    const timer = setTimeout(() => stop(child), SECONDS * 1000);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve(error.message);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      stop(child);
      resolve(said);
    });
  });
}

function stop({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // All of it has ended by itself.
  }
}
