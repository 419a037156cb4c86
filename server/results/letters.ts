import { randomInt } from 'node:crypto';
import type { Dataset } from '../../analysis/index.ts';
import { type Connection, type Transaction, transactionLock } from '../db/database.ts';
import { seal, unseal } from '../randomisation/seal.ts';
import type { Services } from '../services.ts';
import type { StudyDocument } from '../studies/document.ts';
import { insertLetters, lettersOfStudy } from './store.ts';

/** Arm → letter, in the order of the letters. Never sent to anybody but as letters. */
export type Letters = ReadonlyMap<string, string>;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const label = (study: string, letter: string): string => `arm letter ${study} ${letter}`;

/**
 * Which letter stands for which arm: drawn by chance once for each study, sealed under the server's key, and never
 * drawn anew. An arm that an amendment adds takes the next letter. The one map serves every role that sees letters.
 */
export async function lettersOf(
  services: Pick<Services, 'db' | 'config' | 'now'>,
  study: { id: string; document: Pick<StudyDocument, 'arms'> },
): Promise<Letters> {
  const known = await readLetters(services, services.db.read, study.id);
  if (study.document.arms.every(({ id }) => known.has(id))) return known;
  return services.db.write((tx) => drawLetters(services, tx, study));
}

async function drawLetters(
  services: Pick<Services, 'config' | 'now'>,
  tx: Transaction,
  study: { id: string; document: Pick<StudyDocument, 'arms'> },
): Promise<Letters> {
  await transactionLock(tx, `letters ${study.id}`);
  const known = await readLetters(services, tx, study.id);
  const lacking = shuffled(study.document.arms.map(({ id }) => id).filter((id) => !known.has(id)));
  const drawn = lacking.map((arm, index) => ({ arm, letter: ALPHABET[known.size + index]! }));
  await insertLetters(
    tx,
    drawn.map(({ arm, letter }) => ({
      study_id: study.id,
      letter,
      sealed_arm: seal(services.config.key, label(study.id, letter), Buffer.from(arm)),
      drawn_at: services.now().toISOString(),
    })),
  );
  return new Map([...known, ...drawn.map(({ arm, letter }): [string, string] => [arm, letter])]);
}

async function readLetters(
  { config }: Pick<Services, 'config'>,
  db: Connection,
  study: string,
): Promise<Letters> {
  const rows = await lettersOfStudy(db, study);
  return new Map(
    rows.map(({ letter, sealed_arm: sealed }) => [
      unseal(config.key, label(study, letter), sealed).toString(),
      letter,
    ]),
  );
}

/** Fisher–Yates with the system's randomness. */
function shuffled<T>(values: readonly T[]): T[] {
  const order = [...values];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/**
 * The dataset with letters in the place of arms, in the order of the letters. No arm is the reference any more, and
 * what only some arms have (sessions attended) is left out.
 */
export function behindLetters(dataset: Dataset, letters: Letters): Dataset {
  const letterOf = (arm: string): string => {
    const letter = letters.get(arm);
    if (letter === undefined) throw new Error('An arm has no letter.');
    return letter;
  };
  return {
    ...dataset,
    arms: dataset.arms
      .map(({ id }) => ({ id: letterOf(id), label: letterOf(id), reference: false }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    participants: dataset.participants.map(({ sessionsAttended: _, ...one }) => ({
      ...one,
      arm: letterOf(one.arm),
    })),
  };
}
