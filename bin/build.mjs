// Builds dist/: the pages (dist/web) and the server in one file (dist/server), each only when its sources are newer.
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
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
  if (!Object.keys(parts).some(isStale)) return;
  const unlock = await lock(join(root, 'dist.lock'));
  try {
    for (const [name, part] of Object.entries(parts)) {
      if (!isStale(name)) continue;
      const newest = newestSource(name);
      process.stderr.write(`Building the ${name === 'web' ? 'pages' : 'server'} …\n`);
      await asProduction(part.build);
      writeFileSync(stampOf(name), '');
      utimesSync(stampOf(name), new Date(), new Date(Math.ceil(newest)));
    }
  } finally {
    unlock();
  }
}

/** Whoever asks, a test run too, gets what ships: React would build its slower, larger self for development. */
async function asProduction(build) {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await build();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

const stampOf = (name) => join(root, 'dist', `${name}.stamp`);
const newestSource = (name) => Math.max(...parts[name].sources.map((source) => newestIn(join(root, source))));
const isStale = (name) => timeOf(stampOf(name)) < newestSource(name);

/** Commands that start together build once: the others wait. A lock whose process has gone is taken over. */
async function lock(path) {
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!isAlive(path)) rmSync(path, { force: true });
    else await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isAlive(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    if (pid === 0) return timeOf(path) > Date.now() - 1000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
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
      rollupOptions: {
        input: {
          equipoise: 'server/cli/main.ts',
          analysisWorker: 'server/analyses/worker.ts',
          resultsWorker: 'server/results/worker.ts',
        },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfStale();
