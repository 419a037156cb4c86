import { describe, expect, it } from 'vitest';
import { replayCommand, simulateCommand, verifyCommand } from '../../randomisation/command.ts';
import { designHash } from '../../randomisation/index.ts';
import { design, minimisation } from './designs.ts';
import { TrialLog } from './trialLog.ts';

const trial = design(minimisation(), [1, 1, 1], [2]);

function run() {
  const log = new TrialLog().open(trial);
  for (let i = 0; i < 12; i++) log.allocate({ f0: `${i % 2}` });
  log.envelope({ f0: '1' }, 1);
  log.imported({ f0: '1' }, 'a');
  log.correction(2, { f0: '0' });
  return log;
}

describe('simulate', () => {
  it('prints the figures and the warnings', () => {
    const blocks = design({ kind: 'permuted-blocks', sizes: [3] }, [1, 1, 1]);
    const { text, exitCode } = simulateCommand(JSON.stringify(blocks), {
      n: 30,
      trials: 50,
      seed: 3,
      sites: undefined,
    });
    expect(exitCode).toBe(0);
    expect(text).toContain(`Design ${designHash(blocks)}`);
    expect(text).toContain('50 trials of 30 participants at 1 site.');
    // Every third allocation is certain, always.
    expect(text).toMatch(/Certain beforehand +33\.3 % +± 0\.00 % +33\.3 %/);
    expect(text).toContain('! All blocks have 3 places');
  });

  it('lists what is wrong with a design', () => {
    const { text, exitCode } = simulateCommand(
      JSON.stringify({ ...trial, scheme: minimisation({ probability: '1' }) }),
    );
    expect(exitCode).toBe(2);
    expect(text).toContain('- The probability of the preferred arm must be less than 1');
  });

  it('says when the input isn’t JSON or an option isn’t possible', () => {
    expect(simulateCommand('{').exitCode).toBe(2);
    expect(simulateCommand(JSON.stringify(trial), { n: 0 })).toEqual({
      text: 'The design can’t be simulated: The number of participants must be 1 to 1,000,000.\n',
      exitCode: 2,
    });
  });
});

describe('verify', () => {
  it('passes a sound log and fails one that was altered', () => {
    const exported = run().export('secret');
    expect(verifyCommand(JSON.stringify(exported)).exitCode).toBe(0);
    exported.entries.splice(4, 1);
    const { text, exitCode } = verifyCommand(JSON.stringify(exported));
    expect(exitCode).toBe(1);
    expect(text).toContain('First: Allocation 6: number 5 is missing before it.');
  });

  it('can’t read what isn’t a log', () => {
    expect(verifyCommand('[]').exitCode).toBe(2);
    expect(verifyCommand('null').exitCode).toBe(2);
    expect(verifyCommand('no').text).toContain('it is not JSON');
  });
});

describe('replay', () => {
  it('draws every allocation again', () => {
    const log = run();
    const { text, exitCode } = replayCommand(JSON.stringify(log.export('secret')));
    expect(exitCode).toBe(0);
    const lines = text.split('\n');
    expect(lines[0]).toBe(`     1  f0=0  ${log.entries[0]!.arm}`);
    expect(lines[13]).toBe('    14  f0=1  a  (imported)');
    expect(text).toContain('14 allocations come out as logged.');
  });

  it('names the first that comes out otherwise', () => {
    const log = new TrialLog().open(trial);
    const honest = run().entries.map(({ arm }) => arm);
    for (let i = 0; i < 12; i++) {
      log.allocate({ f0: `${i % 2}` }, i === 7 ? { accept: (arm) => arm !== honest[7] } : undefined);
    }
    const { text, exitCode } = replayCommand(JSON.stringify(log.export('secret')));
    expect(exitCode).toBe(1);
    expect(text).toContain('Allocation 8 is the first of 1 that the secret gives otherwise.');
  });

  it('needs the secrets and the details', () => {
    expect(replayCommand(JSON.stringify(run().export('open'))).text).toContain('not revealed');
    expect(replayCommand(JSON.stringify(run().export('chain'))).exitCode).toBe(2);
    expect(replayCommand('{}').text).toContain('not an exported allocation log');
  });
});
