import { randomBytes } from 'node:crypto';
import type { RetiredBlock } from '../../randomisation/epoch.ts';
import { designOf } from '../../randomisation/fromStudy.ts';
import { checkDesign, commitment, type Design, designHash } from '../../randomisation/index.ts';
import type { Config } from '../config.ts';
import type { Transaction } from '../db/database.ts';
import { notValid } from '../errors.ts';
import { canonicalJson } from '../studies/canonical.ts';
import type { StudyDocument } from '../studies/document.ts';
import { recruiting } from '../studies/rules.ts';
import { insertDesign } from './designs/store.ts';
import { seal } from './seal.ts';

/** Names the place that a study's secret is sealed for. */
export const sealLabel = (study: string, epoch: number): string => `randomisation ${study} epoch ${epoch}`;

export interface Activation {
  /** From 1. */
  epoch?: number;
  /** 32 bytes; only the demonstration brings its own. */
  secret?: Uint8Array;
  /** Blocks that the epoch before left unfinished. */
  retired?: readonly RetiredBlock[];
}

/**
 * Fixes the allocation design before the epoch's first participant: its canonical form and hash, a secret from the
 * system's generator, sealed, and the commitment that anyone can be given.
 */
export async function activateDesign(
  tx: Transaction,
  config: Config,
  document: StudyDocument,
  at: string,
  { epoch = 1, secret = randomBytes(32), retired }: Activation = {},
): Promise<{ designHash: string; commitment: string }> {
  const design = checkedDesign(document);
  const hash = designHash(design);
  const commit = commitment(secret, hash);
  await insertDesign(tx, {
    study_id: document.id,
    epoch,
    design: canonicalJson(design),
    design_hash: hash,
    commitment: commit,
    sealed_secret: seal(config.key, sealLabel(document.id, epoch), secret),
    beacon: document.allocation.beacon ?? null,
    retired: retired ? canonicalJson(retired) : null,
    activated_at: at,
  });
  return { designHash: hash, commitment: commit };
}

/** The document's allocation as a design, without what is closed. @throws Refused (not valid) with every problem of it */
export function checkedDesign(document: StudyDocument): Design {
  const design = designOf(recruiting(document));
  const problems = checkDesign(design);
  if (problems.length > 0) throw notValid(`The allocation can’t be used: ${problems.join(' ')}`);
  return design;
}
