import { parseArgs } from 'node:util';
import allocateHttp from './allocate-http.ts';
import type { Benchmark, Measured } from './benchmark.ts';
import dashboard134 from './dashboard-134.ts';
import dashboard10000 from './dashboard-10000.ts';
import dashboard1000000 from './dashboard-1000000.ts';
import exportCsv from './export-csv.ts';
import firstLoad from './first-load.ts';
import minimise10000 from './minimise-10000.ts';
import { mmrm, mmrmMillion } from './mmrm.ts';
import participant1000000 from './participant-1000000.ts';
import { bootstrap10000, mi1000, rerandomise100000 } from './resampling.ts';
import saveHttp from './save-http.ts';
import start from './start.ts';
import worklist1000000 from './worklist-1000000.ts';

/** `npm run bench [NAME…] [-- --json]`: runs the named benchmarks, or all, one after the other. */
const benchmarks: readonly Benchmark[] = [
  start,
  firstLoad,
  dashboard134,
  dashboard10000,
  dashboard1000000,
  saveHttp,
  allocateHttp,
  exportCsv,
  minimise10000,
  mmrm(134, 3, { ours: 50, r: 5 }),
  mmrm(2000, 4, { ours: 20, r: 1 }),
  mmrmMillion,
  mi1000,
  bootstrap10000,
  rerandomise100000,
  participant1000000,
  worklist1000000,
];

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(', ')}. There are: ${benchmarks.map((one) => one.name).join(', ')}.\n`,
  );
  process.exit(2);
}
const chosen = benchmarks.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
const results: (Measured & { name: string })[] = [];
for (const benchmark of chosen) {
  process.stderr.write(`${benchmark.name}: ${benchmark.what} …\n`);
  results.push({ name: benchmark.name, ...(await benchmark.run()) });
}
if (values.json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
else {
  const cells = results.map(({ name, value, unit, baseline, ratio, against }) => [
    name,
    `${figure(value)} ${unit}`,
    figure(baseline),
    figure(ratio),
    against,
  ]);
  for (const row of [['benchmark', 'value', 'baseline', 'ratio', 'against'], ...cells])
    process.stdout.write(`${row.map((cell, index) => cell.padEnd([20, 22, 12, 10, 0][index]!)).join(' ')}\n`);
}
process.exit(0);

function figure(value: number | null): string {
  if (value === null) return '–';
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
