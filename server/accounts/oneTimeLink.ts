import { createHash, randomBytes } from 'node:crypto';
import type { Config } from '../config.ts';

/** A secret of a link that works once. The database keeps its hash only. */
export function newToken(): { token: string; hash: string } {
  const token = randomBytes(24).toString('base64url');
  return { token, hash: hashOfToken(token) };
}

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The address for a mail; the token stands after the #, which browsers send to no server. */
export function linkOf(config: Config, page: string, token: string): string {
  const origin = config.publicUrl ?? `http://${config.host}:${config.port}`;
  return `${origin}${pathOf(page, token)}`;
}

export const pathOf = (page: string, token: string): string => `/${page}#token=${token}`;
