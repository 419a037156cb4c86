import { createHash } from 'node:crypto';

/**
 * A number from 0 up to 1 that depends on the seed, the rule and the participant alone, so that the same people are
 * drawn whenever it is asked, and nobody’s draw depends on who comes later: the first 52 bits of SHA-256, as a fraction.
 */
export function drawOf(seed: string, rule: string, participant: string): number {
  const digest = createHash('sha256').update(`${seed}\n${rule}\n${participant}`).digest('hex');
  return Number.parseInt(digest.slice(0, 13), 16) / 2 ** 52;
}
