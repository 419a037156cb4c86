import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Design, type ExportedLog, entryHash } from '../../randomisation/index.ts';
import { replayLog } from '../../randomisation/log/replayLog.ts';
import { verify } from '../../randomisation/verifier.mjs';
import { anyDesign, design, factorsOf, minimisation, people } from './designs.ts';
import { TrialLog } from './trialLog.ts';

const someone = (i: number) => ({ f0: `${i % 2}`, f1: `${(i * 5) % 3}` });
const minimised = design(minimisation(), [1, 1, 1], [2, 3]);

function run(trial: Design = minimised, n = 30): TrialLog {
  const log = new TrialLog().open(trial);
  for (let i = 1; i <= n; i++) log.allocate(factorsOf(trial, [i, i * 5, i * 3]));
  return log;
}

/** What the verifier says first about a log that was tampered with. */
function first(
  tamper: (log: ExportedLog) => void,
  show: 'chain' | 'open' | 'secret' = 'secret',
  log = run(),
) {
  const exported = log.export(show);
  tamper(exported);
  return verify(exported).problems[0];
}

/** Rewrites all hashes and links from an entry on, as someone with the database could. */
function rechain(log: ExportedLog, from: number): void {
  for (let i = from; i < log.entries.length; i++) {
    const entry = log.entries[i]!;
    if (i > 0) entry.previous = log.entries[i - 1]!.hash;
    entry.hash = entryHash(entry);
  }
  log.last = log.entries.at(-1)!.hash;
}

describe('the verifier, which was written apart from the engine,', () => {
  it('agrees with the engine on every scheme, draw by draw', () => {
    fc.assert(
      fc.property(anyDesign, people, (trial, picks) => {
        const log = new TrialLog().open(trial);
        for (const pick of picks) log.allocate(factorsOf(trial, pick));
        const { problems, level } = verify(log.export('secret'));
        expect(problems).toEqual([]);
        expect(level).toBe(picks.length > 0 ? 'draws' : 'chain');
      }),
      { numRuns: 60 },
    );
  });

  it('comes to an end on any log of blocks whose arms were exchanged, and names the first', () => {
    const blocks = design({ kind: 'permuted-blocks', sizes: [3] }, [1, 1, 1], [1]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11 }), fc.integer({ min: 1, max: 2 }), (at, by) => {
        const exported = run(blocks, 12).export('secret');
        const arms = blocks.arms.map(({ id }) => id);
        const entry = exported.entries[at]!;
        entry.arm = arms[(arms.indexOf(entry.arm!) + by) % arms.length];
        expect(verify(exported).problems[0]?.index).toBe(at + 1);
      }),
      { numRuns: 40 },
    );
  });

  it('passes over epochs in which nobody was allocated, at the beginning and between others', () => {
    const blocks = (...sizes: number[]) => design({ kind: 'permuted-blocks', sizes }, [1, 1, 1], [2]);
    const log = new TrialLog().open(blocks(3)).open(blocks(6));
    for (let i = 0; i < 4; i++) log.allocate({ f0: '0' });
    log
      .open(blocks(9))
      .open(design(minimisation(), [1, 1, 1], [2]))
      .open(blocks(3));
    for (let i = 0; i < 4; i++) log.allocate({ f0: '1' });
    for (const show of ['chain', 'open', 'secret'] as const)
      expect(verify(log.export(show)).problems).toEqual([]);
    // Four places of the block of six were taken when epoch 3 began: it was open, and retired.
    const altered = log.export('secret');
    expect(altered.epochs[1]!.retired).toHaveLength(1);
    altered.epochs[1]!.retired = [];
    expect(verify(altered).problems[0]).toEqual({
      index: 5,
      text: expect.stringContaining('the blocks retired before it are not those that were open'),
    });
  });

  it('follows a list, beacons, envelopes, imports, corrections, new epochs and retired blocks', () => {
    const blocks = design({ kind: 'permuted-blocks', sizes: [3, 6] }, [1, 1, 1], [2]);
    const log = new TrialLog().open(blocks, Uint8Array.of(1, 2, 3));
    log.imported({ f0: '0' }, 'b');
    for (let i = 0; i < 7; i++) log.allocate({ f0: `${i % 2}` });
    log.envelope({ f0: '1' }, 1);
    log.envelope({ f0: '1' }, 2);
    log.correction(3, { f0: '0' });
    log.open(design(minimisation({ overall: true }), [1, 1, 1], [2]));
    for (let i = 0; i < 10; i++) log.allocate({ f0: `${i % 2}` });
    log.correction(3, { f0: '1' });
    log.correction(14, { f0: '1' });
    log.open(design(minimisation({ unequal: 'pseudo-arms' }), [2, 1], [3]));
    log.correction(14, { f0: '0' });
    for (let i = 0; i < 10; i++) log.allocate({ f0: `${i % 3}` });
    log.correction(22, { f0: '0' });
    log.allocate({ f0: '2' });
    log.open(design({ kind: 'list', entries: ['b', 'a'].map((arm) => ({ stratum: '', arm })) }, [1, 1]));
    log.allocate({});
    log.allocate({});
    expect(log.epochs[0]!.retired!.length).toBeGreaterThan(0);
    const exported = log.export('secret');
    const { problems, text } = verify(exported);
    expect(problems).toEqual([]);
    expect(text).toContain('1 allocations were imported from elsewhere');
    expect(
      replayLog(exported).every(({ drawn, logged, source }) => source === 'imported' || drawn === logged),
    ).toBe(true);
  });

  it('says what it could check', () => {
    const log = run();
    const chain = verify(log.export('chain'));
    expect([chain.level, chain.problems]).toEqual(['chain', []]);
    expect(chain.text).toContain('only the chain was verified');
    const scores = verify(log.export('open'));
    expect([scores.level, scores.problems]).toEqual(['scores', []]);
    expect(scores.text).toContain('The secret is not revealed');
    expect(verify(log.export('secret')).level).toBe('draws');
  });

  it('gets nothing that unblinds from an export of the chain', () => {
    const text = JSON.stringify(run().export('chain').entries);
    for (const word of ['factors', 'weights', 'imbalance', '"arm":"a"', '"key"', 'block']) {
      expect(text).not.toContain(word);
    }
  });
});

describe('an export of a study with a list', () => {
  const entries = [...'abba'].map((arm) => ({ stratum: '', arm }));
  const log = new TrialLog().open(design({ kind: 'list', entries }, [1, 1]));
  log.allocate({});
  log.allocate({});

  it('holds the list only once the study is closed', () => {
    for (const show of ['chain', 'open'] as const) {
      const exported = log.export(show);
      expect(JSON.stringify(exported.epochs)).not.toContain('stratum');
      const { level, problems, text } = verify(exported);
      expect([level, problems]).toEqual(['chain', []]);
      expect(text).toContain('The list is withheld');
    }
    expect(verify(log.export('secret'))).toMatchObject({ level: 'draws', problems: [] });
  });
});

describe('a log that was tampered with', () => {
  it('an altered arm', () => {
    const arm = run().entries[11]!.arm === 'a' ? 'b' : 'a';
    for (const show of ['open', 'secret'] as const) {
      expect(first(({ entries }) => (entries[11]!.arm = arm), show)).toEqual({
        index: 12,
        text: 'Allocation 12: its arm is not the one that was committed to.',
      });
    }
  });

  it('an altered header', () => {
    const found = first(({ entries }) => (entries[4]!.storedAt = '2025-01-01T00:00:00Z'), 'chain');
    expect(found).toEqual({ index: 5, text: 'Allocation 5: its content was altered after it was hashed.' });
  });

  it('one factor changed', () => {
    const found = first(({ entries }) => {
      const { factors } = entries[7]!.details!;
      factors.f0 = factors.f0 === '0' ? '1' : '0';
    });
    expect(found?.text).toBe(
      'Allocation 8: its factors, scores or weights are not those that were committed to.',
    );
  });

  it('one dropped', () => {
    for (const show of ['chain', 'open', 'secret'] as const) {
      const found = first(({ entries }) => entries.splice(9, 1), show);
      expect(found).toEqual({ index: 11, text: 'Allocation 11: number 10 is missing before it.' });
    }
  });

  it('several dropped', () => {
    expect(first(({ entries }) => entries.splice(3, 4))?.text).toContain('numbers 4 to 7 are missing');
  });

  it('one dropped and the others renumbered and chained anew', () => {
    const found = first((log) => {
      log.entries.splice(9, 1);
      log.entries.forEach((entry, i) => {
        entry.index = i + 1;
      });
      rechain(log, 9);
    });
    expect(found?.index).toBe(10);
    expect(found?.text).toContain('its key doesn’t come from the secret');
  });

  it('two swapped', () => {
    const found = first(({ entries }) => entries.splice(5, 2, entries[6]!, entries[5]!), 'chain');
    expect(found).toEqual({ index: 7, text: 'Allocation 7: number 6 is missing before it.' });
  });

  it('two participants swapped, everything chained anew', () => {
    const swapped = (show: 'chain' | 'open' | 'secret') => {
      const exported = run().export(show);
      const noted = exported.last!;
      const [a, b] = [exported.entries[5]!, exported.entries[6]!];
      [a.participant, b.participant] = [b.participant, a.participant];
      rechain(exported, 5);
      return { exported, noted };
    };
    for (const show of ['open', 'secret'] as const) {
      expect(verify(swapped(show).exported).problems[0]).toEqual({
        index: 6,
        text: 'Allocation 6: its place, participant or time is not what was committed to.',
      });
    }
    // The chain alone can be rewritten, unless its end was noted outside.
    const { exported, noted } = swapped('chain');
    expect(verify(exported).problems).toEqual([]);
    expect(verify(exported, { last: noted }).problems[0]?.text).toContain(
      'not the one that was noted outside',
    );
  });

  it('the last one dropped and the end rewritten: an outside note of the last hash finds it', () => {
    const exported = run().export('secret');
    const noted = exported.last!;
    exported.entries.pop();
    rechain(exported, 28);
    expect(verify(exported).problems).toEqual([]);
    expect(verify(exported, { last: noted }).problems[0]?.text).toContain(
      'not the one that was noted outside',
    );
  });

  it('one drawn again until the arm pleased', () => {
    const log = new TrialLog().open(minimised);
    for (let i = 1; i <= 20; i++) log.allocate(someone(i));
    const honest = run().entries[20]!.arm;
    const wanted = log.allocate(someone(21), { accept: (arm) => arm !== honest }).arm;
    for (let i = 22; i <= 30; i++) log.allocate(someone(i));
    const { problems } = verify(log.export('secret'));
    expect(problems).toEqual([
      {
        index: 21,
        text: `Allocation 21: the committed secret gives arm “${honest}”, the log says “${wanted}”: it was drawn again or replaced.`,
      },
    ]);
    // Without the secret nobody can know.
    expect(verify(log.export('open')).problems).toEqual([]);
  });

  it('another secret than the one committed to', () => {
    const found = first(({ epochs }) => (epochs[0]!.secret = 'ab'.repeat(32)));
    expect(found?.text).toBe('Epoch 1: the revealed secret and the design don’t fit the commitment.');
  });

  it('another design than the one committed to', () => {
    const found = first(({ epochs }) => (epochs[0]!.design = { ...minimised, scheme: { kind: 'simple' } }));
    expect(found?.text).toBe('Epoch 1: the design doesn’t have the hash that is given for it.');
  });

  it('a commitment that isn’t the published one', () => {
    const { problems } = verify(run().export('chain'), { commitment: '0'.repeat(64) });
    expect(problems[0]?.text).toContain('not the one that was published');
  });

  it('the end cut off', () => {
    expect(first(({ entries }) => entries.splice(-2), 'chain')?.text).toContain('cut off');
  });

  it('a participant allocated twice', () => {
    const found = first((log) => {
      log.entries[14]!.participant = 'P3';
      rechain(log, 14);
    }, 'chain');
    expect(found).toEqual({
      index: 15,
      text: 'Allocation 15: the participant was allocated before, by allocation 3.',
    });
  });

  it('details left out of one entry to escape the checks', () => {
    const found = first(({ entries }) => {
      delete entries[6]!.details;
    });
    expect(found?.text).toBe('The allocation 7 holds no details, though others do.');
  });

  it('an envelope used twice or with another arm', () => {
    const log = new TrialLog().open(minimised);
    log.envelope(someone(1), 1);
    log.envelope(someone(2), 1);
    expect(verify(log.export('secret')).problems[0]?.text).toContain('envelope 1 was used before');
  });

  it('retired blocks that were not open', () => {
    const blocks = design({ kind: 'permuted-blocks', sizes: [6] }, [1, 1], [1]);
    const log = new TrialLog().open(blocks);
    log.allocate({ f0: '0' });
    log.open(design({ kind: 'simple' }, [1, 1], [1]));
    log.allocate({ f0: '0' });
    const found = first(({ epochs }) => (epochs[0]!.retired = []), 'secret', log);
    expect(found?.text).toContain('retired');
  });

  it('any one character changed anywhere in an entry', () => {
    const original = run(minimised, 12).export('secret');
    const written = JSON.stringify(original.entries[6]);
    fc.assert(
      fc.property(fc.nat(written.length - 1), fc.constantFrom(...'0123456789abcdef'), (at, character) => {
        fc.pre(written[at] !== character && /[0-9a-f]/.test(written[at]!));
        const changed = structuredClone(original);
        try {
          changed.entries[6] = JSON.parse(written.slice(0, at) + character + written.slice(at + 1));
        } catch {
          return; // It isn't JSON any more.
        }
        // The key may be missing: the secret gives it.
        fc.pre(changed.entries[6]!.key !== undefined);
        expect(verify(changed).problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('verifier.mjs', () => {
  const script = fileURLToPath(new URL('../../randomisation/verifier.mjs', import.meta.url));

  it('imports nothing but Node', () => {
    const imports = [...readFileSync(script, 'utf8').matchAll(/from '([^']+)'|import\('([^']+)'\)/g)];
    expect(imports.map(([, name]) => name)).toEqual(['node:crypto', 'node:fs', 'node:url']);
  });

  it('runs on its own in an empty folder, and exits 0, 1 or 2', () => {
    const folder = mkdtempSync(join(tmpdir(), 'verifier-'));
    try {
      const copy = join(folder, 'verifier.mjs');
      copyFileSync(script, copy);
      const exported = run(minimised, 5).export('secret');
      writeFileSync(join(folder, 'log.json'), JSON.stringify(exported));
      expect(
        execFileSync(process.execPath, [copy, join(folder, 'log.json')], { encoding: 'utf8' }),
      ).toContain('Everything fits.');
      exported.entries.splice(2, 1);
      writeFileSync(join(folder, 'bad.json'), JSON.stringify(exported));
      const bad = spawnSync(process.execPath, [copy, join(folder, 'bad.json')], { encoding: 'utf8' });
      expect(bad.status).toBe(1);
      expect(bad.stdout).toContain('First: Allocation 4: number 3 is missing before it.');
      writeFileSync(join(folder, 'none.json'), '{}');
      const none = spawnSync(process.execPath, [copy, join(folder, 'none.json')], { encoding: 'utf8' });
      expect([none.status, none.stdout]).toEqual([2, '']);
      expect(none.stderr).toContain('not an exported allocation log');
      expect(spawnSync(process.execPath, [copy]).status).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
