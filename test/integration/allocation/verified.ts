import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ExportedLog } from '../../../randomisation/index.ts';

/** Runs the stand-alone verifier on a file with the log, as a stranger would. */
export function verified(log: ExportedLog, ...options: string[]): { code: number | null; text: string } {
  const folder = mkdtempSync(join(tmpdir(), 'equipoise-log-'));
  const file = join(folder, 'log.json');
  try {
    writeFileSync(file, JSON.stringify(log));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['randomisation/verifier.mjs', file, ...options],
      { encoding: 'utf8' },
    );
    return { code: status, text: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Expects that everything in the log fits, as far as it can be checked. */
export function expectFits(
  log: ExportedLog,
  checked: 'Chain, commitments, scores and draws' | 'chain, commitments and scores' | 'only the chain',
): void {
  const { code, text } = verified(log);
  expect(text).toContain('Everything fits.');
  expect(text).toContain(checked);
  expect(code).toBe(0);
}
