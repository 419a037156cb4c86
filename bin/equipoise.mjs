#!/usr/bin/env node
// The door for scripts: makes sure that dist/ is up to date, then runs the command line.
import { buildIfStale } from './build.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Equipoise needs Node 20.19 or newer; this is ${process.versions.node}.\n`);
  process.exit(1);
}
await buildIfStale();
const { main } = await import('../dist/server/equipoise.js');
process.exitCode = await main(process.argv);
