import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { buildIfStale } from '../bin/build.mjs';
import { readCalibration } from '../server/demo/calibration.ts';
import { packageRoot, webFolder } from '../server/paths.ts';
import type { RoleName } from '../server/studies/document.ts';
import { pagesOf } from '../test/journey/pages.ts';
import { settled } from '../test/journey/settle.ts';
import { type Look, signIn, speak } from '../test/journey/visitor.ts';
import { chromiumPath, launch } from '../test/setup/browser.ts';
import { demonstration } from '../test/setup/demonstration.ts';
import { addOtherTrial, showIdentity } from './otherTrial.ts';

/** `npm run screenshots [FOLDER]`: every page of every role, light, dark and at a phone's width, and each in Finnish, with an index to leaf through. */
const { positionals } = parseArgs({ allowPositionals: true });
const folder = positionals[0] ?? join(packageRoot, 'screenshots');

const looks: [string, Look][] = [
  ['light', {}],
  ['dark', { scheme: 'dark' }],
  ['phone', { phone: true }],
];
const roles: RoleName[] = [
  'coordinator',
  'assessor',
  'investigator',
  'statistician',
  'data-manager',
  'monitor',
  'identity-custodian',
  'monitoring-board',
  'owner',
];

if (chromiumPath === null) {
  process.stderr.write('No Chromium found: set CHROMIUM to its path, or install it.\n');
  process.exit(1);
}
await buildIfStale();
const place = await demonstration(webFolder);
const browser = await launch();
await mkdir(folder, { recursive: true });
const taken: string[] = [];
// The navigation that tells a role's pages is on wide screens only: `light` is the first look of each.
const pages = new Map<string, Awaited<ReturnType<typeof pagesOf>>>();
for (const role of roles)
  for (const [name, look] of looks) {
    const { page, context } = await signIn(browser, place.server.url, role, look);
    const paths = pages.get(role) ?? (await pagesOf(page, place));
    pages.set(role, paths);
    for (const [title, path] of paths) {
      await page.goto(path);
      await settled(page);
      if (title === 'board-closed' && (await page.getByLabel('Your password').isVisible()))
        await openClosed(page);
      await photograph(page, `${role}-${title}-${name}.png`);
    }
    await context.close();
  }
const others = await addOtherTrial(place.services);
for (const [name, look] of looks) {
  const { page, context } = await signIn(browser, place.server.url, 'coordinator', look);
  for (const [title, path] of others) {
    await page.goto(path);
    await settled(page);
    if (title === 'participant-identity') await showIdentity(page);
    await photograph(page, `coordinator-${title}-${name}.png`);
  }
  await context.close();
}
// In Finnish each page once; last, because the language stays with the accounts.
const shown = new Set<string>();
for (const role of ['coordinator', 'investigator', 'statistician', 'owner'] as const)
  for (const [name, look] of looks.filter(([name]) => name !== 'dark')) {
    const { page, context } = await signIn(browser, place.server.url, role, look);
    await speak(page, 'fi');
    for (const [title, path] of pages.get(role)!) {
      const file = `${title}-${name}-suomeksi.png`;
      if (shown.has(file)) continue;
      shown.add(file);
      await page.goto(path);
      await settled(page);
      await photograph(page, file);
    }
    await context.close();
  }
await browser.close();
await place.close();
await writeFile(join(folder, 'index.html'), index(taken));
process.stdout.write(`${taken.length} pictures in ${folder}; open index.html\n`);
process.exit(0);

async function photograph(page: Page, file: string): Promise<void> {
  await page.screenshot({ path: join(folder, file), fullPage: true });
  taken.push(file);
}

/** Signs in once more, as closed reports ask for. */
async function openClosed(page: Page): Promise<void> {
  const { password } = await readCalibration();
  await page.getByLabel('Your password').fill(password);
  await page.getByRole('button', { name: 'Open closed reports' }).click();
  await page.getByRole('heading', { name: 'Harms' }).waitFor();
}

function index(files: readonly string[]): string {
  const figures = files.map(
    (file) => `<figure><img loading="lazy" src="${file}" alt=""><figcaption>${file}</figcaption></figure>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Equipoise, screens</title><style>body{font:14px system-ui;display:grid;grid-template-columns:repeat(auto-fill,minmax(360px,1fr));gap:16px}img{width:100%;border:1px solid #ccc}figure{margin:0}</style>${figures.join('\n')}\n`;
}
