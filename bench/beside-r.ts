import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether R is here; without it a benchmark prints its own figure and no ratio. */
export function hasR(): boolean {
  try {
    execFileSync('Rscript', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export interface TimedR {
  /** Median seconds of the work inside R, after a first run. */
  warm: number;
  /** Seconds of the whole process: R's start, the packages, the data, the work once. */
  whole: number;
  /** What the script says that it used. */
  used: string;
}

/**
 * Times an R script: it defines `work()` and `used`, reads its data from the path in `data`.
 *
 * @param runs how often `work` is timed inside R
 */
export async function timeR(script: string, data: string, runs: number): Promise<TimedR | null> {
  if (!hasR()) return null;
  const begin = performance.now();
  await run('Rscript', ['-e', `data <- "${data}"\n${script}\ninvisible(work())`]);
  const whole = (performance.now() - begin) / 1000;
  const { stdout } = await run(
    'Rscript',
    [
      '-e',
      `data <- "${data}"\n${script}\ninvisible(work())\n` +
        `times <- replicate(${runs}, system.time(work())[["elapsed"]])\n` +
        `cat("\\n", used, "\\n", median(times), "\\n", sep = "")`,
    ],
    { maxBuffer: 1 << 24 },
  );
  const [used, warm] = stdout.trim().split('\n').slice(-2);
  return { warm: Number(warm), whole, used: used! };
}
