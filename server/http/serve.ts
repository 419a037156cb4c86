import type { Response } from 'express';
import type { z } from 'zod';
import type { Caller, Services, User } from '../services.ts';
import type { Endpoint } from './endpoint.ts';

type Schema<E extends Endpoint, K extends 'params' | 'query' | 'body' | 'reply'> = NonNullable<E[K]>;

/** The checked parts of a request. */
export interface Input<E extends Endpoint> {
  params: z.output<Schema<E, 'params'>>;
  query: z.output<Schema<E, 'query'>>;
  body: z.output<Schema<E, 'body'>>;
}
type Reply<E extends Endpoint> = z.input<Schema<E, 'reply'>>;

export interface Given {
  services: Services;
  /** Who is signed in; null only where the endpoint is public. */
  user: User | null;
  /** The user in the study of the path; null where the path has no study. */
  caller: Caller | null;
  /** When the session ends if nothing more is asked of it. */
  sessionEnds: Date | null;
  /** Identifier of the session; null where nobody is signed in. */
  session: string | null;
}
interface InStudy extends Given {
  user: User;
  caller: Caller;
  sessionEnds: Date;
  session: string;
}
interface SignedIn extends Given {
  user: User;
  sessionEnds: Date;
  session: string;
}

/** An endpoint joined to the use case that answers it. */
export interface Route {
  endpoint: Endpoint;
  handle(given: Given, input: Input<Endpoint>, response: Response): Promise<unknown>;
}

/** An endpoint of a study: guarded by the access table. */
export function serve<E extends Endpoint>(
  endpoint: E,
  handle: (given: InStudy, input: Input<E>, response: Response) => Promise<Reply<E>>,
): Route {
  return { endpoint, handle: handle as unknown as Route['handle'] };
}

/** An endpoint of a study that writes its reply itself: streams and files. */
export function serveFile<E extends Endpoint>(
  endpoint: E,
  handle: (given: InStudy, input: Input<E>, response: Response) => Promise<void>,
): Route {
  return { endpoint, handle: handle as unknown as Route['handle'] };
}

/** An endpoint for anyone who is signed in. */
export function serveUser<E extends Endpoint>(
  endpoint: E,
  handle: (given: SignedIn, input: Input<E>, response: Response) => Promise<Reply<E>>,
): Route {
  return { endpoint, handle: handle as unknown as Route['handle'] };
}

/** An endpoint for everyone. */
export function servePublic<E extends Endpoint>(
  endpoint: E,
  handle: (given: Given, input: Input<E>, response: Response) => Promise<Reply<E>>,
): Route {
  return { endpoint, handle: handle as unknown as Route['handle'] };
}
