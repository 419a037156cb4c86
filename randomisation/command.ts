import { checkDesign } from './check.ts';
import { designHash } from './commitment.ts';
import type { Design } from './design.ts';
import { RandomisationError } from './errors.ts';
import type { ExportedLog } from './log/export.ts';
import { replayLog } from './log/replayLog.ts';
import { type SimulationOptions, simulate } from './simulation/simulate.ts';
import type { Summary } from './simulation/tally.ts';
import { warnings } from './simulation/warnings.ts';
import { verify } from './verifier.mjs';

/** What a command prints, and its exit code: 0 fine, 1 it doesn't fit, 2 the input can't be used. */
export interface CommandResult {
  text: string;
  exitCode: 0 | 1 | 2;
}

/**
 * `equipoise randomisation simulate DESIGN`: what imbalance and predictability to expect.
 * @param designJson a design as JSON text
 * @param options defaults: 300 participants, 2,000 trials, seed 1, the design's own sites
 */
export function simulateCommand(designJson: string, options: Partial<SimulationOptions> = {}): CommandResult {
  return guarded('The design can’t be simulated', () => {
    const design = JSON.parse(designJson) as Design;
    const problems = checkDesign(design);
    if (problems.length > 0) return refused(problems);
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    const result = simulate(design, { n: 300, trials: 2000, seed: 1, ...given });
    const lines = [
      `Design ${designHash(design)}`,
      `${result.trials} trials of ${result.n} participants at ${result.sites} ${result.sites === 1 ? 'site' : 'sites'}.`,
      '',
      `${''.padEnd(52)}${'mean'.padStart(8)}${'± error'.padStart(10)}${'95 % up to'.padStart(12)}`,
      counted('Largest minus smallest arm, whole study', result.overallRange),
      ...(result.worstFactorRange
        ? [counted('…within the worst level of a factor but the site', result.worstFactorRange)]
        : []),
      counted('…within the worst site', result.worstSiteRange),
      shared('Guessed right from the own site’s allocations', result.guessOwnSite),
      shared('Guessed right from all allocations', result.guessFullState),
      shared('Certain beforehand', result.forced),
      '',
      ...warnings(result, design).map((warning) => `! ${warning}`),
    ];
    return { text: `${lines.join('\n').trimEnd()}\n`, exitCode: 0 };
  });
}

/** `equipoise randomisation verify EXPORT.json`: checks a log with the stand-alone verifier. */
export function verifyCommand(
  exportJson: string,
  expected: { last?: string; commitment?: string } = {},
): CommandResult {
  return guarded('The log can’t be verified', () => {
    const { text, problems } = verify(JSON.parse(exportJson), expected);
    return { text, exitCode: problems.length === 0 ? 0 : 1 };
  });
}

/** `equipoise randomisation replay EXPORT.json`: draws every allocation again with this engine and lists them. */
export function replayCommand(exportJson: string): CommandResult {
  return guarded('The log can’t be replayed', () => {
    const replayed = replayLog(JSON.parse(exportJson) as ExportedLog);
    const lines = replayed.map(({ index, source, stratum, logged, drawn }) =>
      [
        String(index).padStart(6),
        stratum || '–',
        logged,
        drawn === logged ? '' : drawn === undefined ? `(${source})` : `≠ ${drawn}`,
      ]
        .join('  ')
        .trimEnd(),
    );
    const wrong = replayed.filter(({ source, logged, drawn }) => source !== 'imported' && drawn !== logged);
    const [first] = wrong;
    const end = first
      ? `Allocation ${first.index} is the first of ${wrong.length} that the secret gives otherwise.`
      : `${replayed.length} allocations come out as logged.`;
    return { text: `${[...lines, end].join('\n')}\n`, exitCode: first ? 1 : 0 };
  });
}

function guarded(what: string, run: () => CommandResult): CommandResult {
  try {
    return run();
  } catch (error) {
    if (error instanceof SyntaxError)
      return { text: `${what}: it is not JSON. ${error.message}\n`, exitCode: 2 };
    if (error instanceof RandomisationError || error instanceof TypeError || error instanceof RangeError) {
      return { text: `${what}: ${error.message}\n`, exitCode: 2 };
    }
    throw error;
  }
}

function refused(problems: readonly string[]): CommandResult {
  return {
    text: `${['The design can’t be used:', ...problems.map((p) => `- ${p}`)].join('\n')}\n`,
    exitCode: 2,
  };
}

function counted(label: string, { mean, standardError, percentile95 }: Summary): string {
  return row(label, mean.toFixed(1), standardError.toFixed(2), percentile95.toFixed(1));
}

function shared(label: string, { mean, standardError, percentile95 }: Summary): string {
  const percent = (value: number, digits: number) => `${(100 * value).toFixed(digits)} %`;
  return row(label, percent(mean, 1), percent(standardError, 2), percent(percentile95, 1));
}

function row(label: string, mean: string, error: string, up: string): string {
  return `${label.padEnd(52)}${mean.padStart(8)}${`± ${error}`.padStart(10)}${up.padStart(12)}`;
}
