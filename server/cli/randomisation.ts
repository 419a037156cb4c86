import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  type CommandResult,
  replayCommand,
  simulateCommand,
  verifyCommand,
} from '../../randomisation/command.ts';
import { designOf, siteFactorOf } from '../../randomisation/fromStudy.ts';
import type { SimulationOptions } from '../../randomisation/simulation/simulate.ts';
import { dataFolder } from '../paths.ts';
import { loadStudy } from '../studies/load.ts';
import { recruiting } from '../studies/rules.ts';

export function randomisationCommand(program: Command): void {
  const randomisation = program
    .command('randomisation')
    .description('Check an allocation, before the study and after it.');
  randomisation
    .command('simulate')
    .description('What imbalance and predictability to expect of a design.')
    .argument('<design>', 'a design (JSON) or a study document (YAML)')
    .option('--n <participants>', 'participants (300)', wholeNumber)
    .option('--sites <number>', 'sites (those of the design)', wholeNumber)
    .option('--trials <number>', 'simulated trials (2000)', wholeNumber)
    .option('--seed <number>', 'seed (1)', wholeNumber)
    .action(async (path: string, options: { n?: number; sites?: number; trials?: number; seed?: number }) =>
      finish(simulateCommand(...(await readDesign(path, options)))),
    );
  randomisation
    .command('verify')
    .description('Verify an exported allocation log; names the first allocation that doesn’t fit.')
    .argument('<export>', 'the exported log (JSON)')
    .option('--commitment <hash>', 'the commitment that was published before the study')
    .option('--last <hash>', 'the last hash that is known from elsewhere')
    .action(async (path: string, options: { commitment?: string; last?: string }) =>
      finish(verifyCommand(await readFile(path, 'utf8'), options)),
    );
  randomisation
    .command('replay')
    .description('Draw every allocation of an exported log again.')
    .argument('<export>', 'the exported log (JSON), with its secret revealed')
    .action(async (path: string) => finish(replayCommand(await readFile(path, 'utf8'))));
}

/** The design as JSON text, and which of its factors is the site where a study document says so. */
async function readDesign(
  path: string,
  options: Partial<SimulationOptions>,
): Promise<[string, Partial<SimulationOptions>]> {
  if (!/\.ya?ml$/.test(path)) return [await readFile(path, 'utf8'), options];
  const { document } = await loadStudy(path, [join(dataFolder, 'instruments')]);
  return [JSON.stringify(designOf(recruiting(document))), { ...options, siteFactor: siteFactorOf(document) }];
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a whole number above 0');
  return value;
}

/** 1: it doesn’t fit; 3: the input can’t be used. */
function finish({ text, exitCode }: CommandResult): void {
  (exitCode === 2 ? process.stderr : process.stdout).write(text);
  process.exitCode = exitCode === 2 ? 3 : exitCode;
}
