// Builds dist/: the pages (dist/web) and the server in one file (dist/server), each only when its sources are newer.
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shared = ['package.json', 'server', 'analysis', 'randomisation'];
const parts = {
  server: { sources: [...shared, 'bin'], build: buildServer },
  web: { sources: [...shared, 'web', 'vite.config.ts'], build: buildWeb },
};

/** Builds whatever is older than its sources. Sources that aren't there (an installed package) need no build. */
export async function buildIfStale() {
  for (const [name, part] of Object.entries(parts)) {
    const stamp = join(root, 'dist', `${name}.stamp`);
    const newest = Math.max(...part.sources.map((source) => newestIn(join(root, source))));
    if (timeOf(stamp) >= newest) continue;
    process.stderr.write(`Building the ${name === 'web' ? 'pages' : 'server'} …\n`);
    await part.build();
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, '');
    utimesSync(stamp, new Date(), new Date(newest));
  }
}

function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

function newestIn(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

async function buildWeb() {
  const vite = await import('vite');
  await vite.build({ root: join(root, 'web'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' });
}

async function buildServer() {
  const vite = await import('vite');
  await vite.build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: 'dist/server',
      emptyOutDir: true,
      target: 'node20',
      sourcemap: true,
      minify: false,
      rollupOptions: { input: { equipoise: 'server/cli/main.ts' }, output: { entryFileNames: '[name].js' } },
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfStale();
