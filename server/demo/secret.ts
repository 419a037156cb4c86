import { createHash } from 'node:crypto';
import { designOf } from '../../randomisation/fromStudy.ts';
import { allocate, begin, designHash, generatorFor, seedFor } from '../../randomisation/index.ts';
import type { StudyDocument } from '../studies/document.ts';
import { stratumOf } from '../studies/rules.ts';
import type { Recruit } from './timeline.ts';

/** The demonstration's allocation secret number `n`; anyone can compute it, which a real study's must never allow. */
export function demoSecret(n: number): Buffer {
  return createHash('sha256').update(`equipoise demonstration ${n}`).digest();
}

/** The arms that the real procedure draws for these people, in order, under a secret. */
export function armsUnder(document: StudyDocument, people: readonly Recruit[], secret: Uint8Array): string[] {
  const design = designOf(document);
  const seed = seedFor(secret, designHash(design));
  const state = begin(design);
  return people.map(({ site, sex, age }, index) => {
    const { factors } = stratumOf(document, site, { sex, age });
    return allocate(design, state, factors, generatorFor(seed, document.id, 1, index + 1)).arm;
  });
}

/** The first secret under which the arms have these sizes. @throws Error when none of the first `limit` does */
export function findSecret(
  document: StudyDocument,
  people: readonly Recruit[],
  sizes: Readonly<Record<string, number>>,
  limit = 20_000,
): number {
  for (let n = 0; n < limit; n += 1) {
    const arms = armsUnder(document, people, demoSecret(n));
    if (Object.entries(sizes).every(([arm, size]) => arms.filter((one) => one === arm).length === size))
      return n;
  }
  throw new Error(`None of the first ${limit} secrets gives these arms.`);
}
