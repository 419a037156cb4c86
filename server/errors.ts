import type { Refusal } from './http/wire.ts';

type Kind = Refusal['error'];

/** A refusal in the user's words: what happened, what is kept, what to do. Everything else that is thrown is a bug. */
export class Refused extends Error {
  constructor(
    readonly kind: Kind,
    message: string,
    readonly detail: Pick<Refusal, 'issues' | 'current'> = {},
  ) {
    super(message);
    this.name = 'Refused';
  }
}

export const notValid = (message: string, issues?: Refusal['issues']): Refused =>
  new Refused('not-valid', message, { issues });
export const notAllowed = (message: string): Refused => new Refused('not-allowed', message);
export const notFound = (what: string): Refused =>
  new Refused('not-found', `${what} was not found, or isn’t at one of your sites.`);
export const conflict = (message: string, current?: unknown): Refused =>
  new Refused('conflict', message, { current });
export const stopping = (): Refused =>
  new Refused(
    'stopping',
    'The server is being stopped before this was worked out. Nothing was changed; look again in a minute.',
  );

/** HTTP status of each kind of refusal. */
export const statusOf: Record<Kind, number> = {
  'not-valid': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'too-many': 429,
  internal: 500,
  stopping: 503,
};
