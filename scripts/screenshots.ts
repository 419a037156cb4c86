import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfStale } from '../bin/build.mjs';
import { packageRoot, webFolder } from '../server/paths.ts';
import type { RoleName } from '../server/studies/document.ts';
import { type Look, signIn } from '../test/journey/visitor.ts';
import { chromiumPath, launch } from '../test/setup/browser.ts';
import { demonstration } from '../test/setup/demonstration.ts';

/** `npm run screenshots [FOLDER]`: every page of every role, light, dark and at a phone's width, with an index to leaf through. */
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
for (const role of roles)
  for (const [name, look] of looks) {
    const { page, context } = await signIn(browser, place.server.url, role, look);
    const paths = await pagesOf(role);
    for (const [title, path] of paths) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      const file = `${role}-${title}-${name}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true });
      taken.push(file);
    }
    await context.close();
  }
await browser.close();
await place.close();
await writeFile(join(folder, 'index.html'), index(taken));
process.stdout.write(`${taken.length} pictures in ${folder}; open index.html\n`);
process.exit(0);

/** What the role's navigation offers, and inside it a participant and a form where the role may look at them. */
async function pagesOf(role: RoleName): Promise<[string, string][]> {
  const { page, context } = await signIn(browser, place.server.url, role);
  const navigation = page.getByRole('navigation', { name: 'Main', exact: true });
  await navigation.getByRole('link').first().waitFor();
  const paths = new Map<string, string>();
  for (const link of await navigation.getByRole('link').all()) {
    const href = (await link.getAttribute('href'))!;
    paths.set(href.split('/').at(-1)!.split('?')[0]!, href);
  }
  if (paths.has('participants')) {
    const { code } = await place.services.db.read
      .selectFrom('safety_alert')
      .innerJoin('form', 'form.id', 'safety_alert.form_id')
      .innerJoin('participant', 'participant.id', 'form.participant_id')
      .select('participant.code')
      .where('safety_alert.resolved_at', 'is', null)
      .executeTakeFirstOrThrow();
    const participant = `${paths.get('participants')!.split('?')[0]}/${code}`;
    paths.set('participant', participant);
    for (const tab of ['events', 'harms', 'medication', 'sessions'])
      paths.set(`participant-${tab}`, `${participant}?tab=${tab}`);
    paths.set('form', `${participant}/m12/hamd17`);
    const study = participant.slice(0, participant.indexOf('/participants/'));
    paths.set('print-form', `${study}/print/${code}/m12?form=hamd17`);
    paths.set('print-blank', `${study}/print/${code}/m12?blank=yes`);
    if (paths.has('visits')) paths.set('print-visit-status', `${study}/print/visit-status?state=all`);
    if (paths.has('worklist')) paths.set('print-visits', `${study}/print/visits`);
  }
  const results = paths.get('results');
  if (results)
    paths.set(
      'results-figures',
      `${results.split('?')[0]}?figures=cumulative,trajectories,raincloud,waterfall,missing,balance,subgroups,sites,timeliness,query-ageing`,
    );
  const any = [...paths.values()][0]!;
  paths.set('account', `${any.slice(0, any.indexOf('/', 3))}/account`);
  await context.close();
  return [...paths];
}

function index(files: readonly string[]): string {
  const figures = files.map(
    (file) => `<figure><img loading="lazy" src="${file}" alt=""><figcaption>${file}</figcaption></figure>`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Equipoise, screens</title><style>body{font:14px system-ui;display:grid;grid-template-columns:repeat(auto-fill,minmax(360px,1fr));gap:16px}img{width:100%;border:1px solid #ccc}figure{margin:0}</style>${figures.join('\n')}\n`;
}
