import { createHmac } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Transaction } from '../db/database.ts';
import { conflict, notValid } from '../errors.ts';
import { findDigests, insertDigest } from './digests/store.ts';

export interface Identity {
  /** A personal identity code or the like: two people never share one. */
  identifier?: string;
  initials?: string;
  birthDate?: string;
  /** Says that somebody with the same initials and birth date is another person. */
  anotherPerson?: boolean;
}

export interface Digest {
  kind: 'identifier' | 'person';
  digest: string;
}

/**
 * Refuses to register a person twice. Only keyed digests are kept (HMAC-SHA256 under the server's key, for this study
 * alone): they find the same person again and say nothing else. The same identifier is a hard stop; the same initials
 * and birth date ask to confirm.
 */
export async function checkIdentity(
  tx: Transaction,
  config: Config,
  study: string,
  identity: Identity,
): Promise<Digest[]> {
  const digests = digestsOf(config, study, identity);
  const found = await findDigests(
    tx,
    study,
    digests.map((one) => one.digest),
  );
  const hard = found.find((one) => one.kind === 'identifier');
  if (hard)
    throw conflict(
      `This person is registered already, as ${hard.code}. Go on there; nobody is registered twice.`,
      {
        participant: hard.code,
        certain: true,
      },
    );
  const soft = found.find((one) => one.kind === 'person');
  if (soft && !identity.anotherPerson)
    throw conflict(
      `Somebody with the same initials and date of birth is registered as ${soft.code}. If this is another person, say so and register again.`,
      { participant: soft.code, certain: false },
    );
  return digests;
}

export async function keepIdentity(
  tx: Transaction,
  study: string,
  participant: string,
  digests: readonly Digest[],
): Promise<void> {
  for (const digest of digests)
    await insertDigest(tx, { study_id: study, participant_id: participant, ...digest });
}

/** Keyed digests by which the same person is found again in the study. */
export function digestsOf(
  config: Config,
  study: string,
  { identifier, initials, birthDate }: Identity,
): Digest[] {
  const digest = (kind: Digest['kind'], text: string): Digest => ({
    kind,
    digest: createHmac('sha256', config.key).update(`identity\0${study}\0${kind}\0${text}`).digest('hex'),
  });
  const person = plain(initials ?? '');
  return [
    ...(identifier === undefined ? [] : [digest('identifier', identifierOf(identifier))]),
    ...(person && birthDate ? [digest('person', `${person} ${birthDate}`)] : []),
  ];
}

/** Letters and digits alone, however they are written. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

function identifierOf(text: string): string {
  const identifier = plain(text);
  if (identifier.length < 4)
    throw notValid('The identifier needs at least four letters or digits to tell people apart.', [
      { path: 'identity.identifier', message: 'Too short' },
    ]);
  return identifier;
}
