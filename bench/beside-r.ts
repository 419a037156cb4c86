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
  /** Seconds of the work inside R, after a first run where there is more than one. */
  warm: number;
  /** Seconds of the whole process: R's start, the packages, the data, the work once. */
  whole: number;
  /** What the script says that it used. */
  used: string;
}

/**
 * Times an R script: it defines `work()` and `used`, reads its data from the path in `data`.
 *
 * @param runs how often `work` is timed inside R; the median counts
 * @param part share of the work that the script does, for what would take minutes: seconds are divided by it
 */
export async function timeR(script: string, data: string, runs: number, part = 1): Promise<TimedR | null> {
  if (!hasR()) return null;
  const begin = performance.now();
  const first = await seconds(script, data, 1);
  const whole = (performance.now() - begin) / 1000;
  const { time, used } = runs > 1 ? await seconds(`${script}\ninvisible(work())`, data, runs) : first;
  return { warm: time / part, whole: whole - first.time + first.time / part, used };
}

async function seconds(script: string, data: string, runs: number): Promise<{ time: number; used: string }> {
  const { stdout } = await run(
    'Rscript',
    [
      '-e',
      `data <- "${data}"\n${script}\n` +
        `times <- replicate(${runs}, system.time(work())[["elapsed"]])\n` +
        `cat("\\n", used, "\\n", median(times), "\\n", sep = "")`,
    ],
    { maxBuffer: 1 << 24 },
  );
  const [used, time] = stdout.trim().split('\n').slice(-2);
  return { time: Number(time), used: used! };
}
