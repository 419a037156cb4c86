import {
  type QueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import type { Endpoint } from '../server/http/endpoint.ts';
import type { Refusal } from '../server/http/wire.ts';
import { language } from './language/language.ts';
import { said } from './language/served.ts';
import { t } from './language/t.ts';
import { heard, unheard } from './parts/connection.ts';
import { saving } from './parts/saved.ts';

// biome-ignore lint/suspicious/noExplicitAny: an endpoint of any schemas
type AnyEndpoint = Endpoint<any, any, any, any>;
type Given<S> = S extends z.ZodUndefined ? undefined : S extends z.ZodType ? z.input<S> : undefined;
type Part<Name extends string, S> =
  Given<S> extends undefined
    ? { [K in Name]?: undefined }
    : Record<never, never> extends Given<S>
      ? { [K in Name]?: Given<S> }
      : { [K in Name]: Given<S> };

/** What a call of the endpoint needs: `params` of the path, `query` and `body`, as the contract types them. */
export type Input<E extends AnyEndpoint> =
  E extends Endpoint<infer P, infer Q, infer B, infer _R>
    ? Part<'params', P> & Part<'query', Q> & Part<'body', B>
    : never;

/** What the endpoint replies. */
export type Reply<E extends AnyEndpoint> =
  E extends Endpoint<infer _P, infer _Q, infer _B, infer R>
    ? R extends z.ZodUndefined
      ? undefined
      : z.output<R>
    : never;

type LooseInput = { params?: unknown; query?: unknown; body?: unknown };

/** The server answered and said no: what happened, in its own words. */
export class Refused extends Error {
  readonly status: number;
  readonly error: Refusal['error'];
  readonly reference: string;
  readonly issues: NonNullable<Refusal['issues']>;
  readonly current: unknown;

  constructor(status: number, refusal: Refusal) {
    super(said(refusal.message));
    this.name = 'Refused';
    this.status = status;
    this.error = refusal.error;
    this.reference = refusal.reference;
    this.issues = (refusal.issues ?? []).map((issue) => ({ ...issue, message: said(issue.message) }));
    this.current = refusal.current;
  }
}

/** No answer: the network or the server is away. */
export class Unreachable extends Error {
  constructor() {
    super(t('The server does not answer. What you typed is kept on this page; try again in a moment.'));
    this.name = 'Unreachable';
  }
}

const signedOut = new Set<() => void>();
/** Calls back when the server says that the session is over. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** The address of an endpoint, for a link or a download. */
export function addressOf<E extends AnyEndpoint>(endpoint: E, input: Omit<Input<E>, 'body'>): string {
  const { params, query } = input as LooseInput;
  const path = endpoint.path.replace(/:([a-zA-Z]+)/g, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name] ?? '')),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

interface Sending {
  signal?: AbortSignal;
  /** The person who wrote the body; the server refuses it where someone else is signed in by now. */
  as?: string;
  /** Nobody asked for it: it makes no session longer. */
  automatic?: boolean;
}

/** Calls an endpoint. Throws `Refused` or `Unreachable`. */
export async function call<E extends AnyEndpoint>(
  endpoint: E,
  input: Input<E>,
  { signal, as, automatic }: Sending = {},
): Promise<Reply<E>> {
  const { body } = input as LooseInput;
  const request = send(addressOf(endpoint, input), endpoint.method, body, { signal, as, automatic });
  return (await (endpoint.method === 'get' ? request : saving(request))) as Reply<E>;
}

/** Calls an endpoint that replies with a file, and gives the file with its name. Throws `Refused` or `Unreachable`. */
export async function takeFile<E extends AnyEndpoint>(
  endpoint: E,
  input: Input<E>,
): Promise<{ file: Blob; name: string | null }> {
  const { body } = input as LooseInput;
  const response = await ask(addressOf(endpoint, input), endpoint.method, body);
  if (!response.ok) await refuse(response, addressOf(endpoint, input));
  heard();
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '');
  return { file: await response.blob(), name: named?.[1] ?? null };
}

/** One JSON request to the server's own origin. Throws `Refused` or `Unreachable`. */
export async function send(
  address: string,
  method: string,
  body?: unknown,
  sending: Sending = {},
): Promise<unknown> {
  const response = await ask(address, method, body, sending);
  if (!response.ok) await refuse(response, address);
  heard();
  return response.json().catch(() => null);
}

async function ask(
  address: string,
  method: string,
  body: unknown,
  { signal, as, automatic }: Sending = {},
): Promise<Response> {
  try {
    return await fetch(address, {
      method: method.toUpperCase(),
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        'accept-language': language,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(as === undefined ? {} : { 'x-equipoise-user': as }),
        ...(automatic ? { 'x-equipoise-automatic': 'yes' } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    unheard();
    throw new Unreachable();
  }
}

/** Says why the server said no. */
async function refuse(response: Response, address: string): Promise<never> {
  const reply: unknown = await response.json().catch(() => null);
  if (response.status >= 502 && !isRefusal(reply)) {
    unheard();
    throw new Unreachable();
  }
  heard();
  if (response.status === 401 && address.startsWith('/api/') && !address.startsWith('/api/auth/')) {
    for (const listener of signedOut) listener();
  }
  throw new Refused(response.status, isRefusal(reply) ? reply : unknownRefusal(response, reply));
}

function isRefusal(reply: unknown): reply is Refusal {
  return typeof reply === 'object' && reply !== null && 'error' in reply && 'reference' in reply;
}

function unknownRefusal(response: Response, reply: unknown): Refusal {
  const said = (reply as { message?: unknown } | null)?.message;
  return {
    error: response.status === 401 ? 'not-signed-in' : response.status === 429 ? 'too-many' : 'internal',
    message:
      typeof said === 'string'
        ? said
        : t('The server answered in a way this page does not know. Load it again.'),
    reference: `HTTP ${response.status}`,
  };
}

export const keyOf = (endpoint: AnyEndpoint, input?: unknown): QueryKey =>
  input === undefined ? [endpoint.id] : [endpoint.id, input];

type QueryOptions<E extends AnyEndpoint> = Omit<UseQueryOptions<Reply<E>, Error>, 'queryKey' | 'queryFn'>;

/** Reads an endpoint and keeps it fresh; the key is the endpoint's id and the input. */
export function useEndpoint<E extends AnyEndpoint>(
  endpoint: E,
  input: Input<E>,
  options: QueryOptions<E> = {},
): UseQueryResult<Reply<E>, Error> {
  return useQuery<Reply<E>, Error>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => call(endpoint, input, { signal, automatic: refreshing.has(endpoint.id) }),
    ...options,
  });
}

const refreshing = new Set<string>();

/** Reads again what the page shows of an endpoint, though nobody asked: the server takes it for no sign of anybody. */
export async function refresh(client: QueryClient, endpoint: AnyEndpoint): Promise<void> {
  refreshing.add(endpoint.id);
  try {
    await client.invalidateQueries({ queryKey: keyOf(endpoint) });
  } finally {
    refreshing.delete(endpoint.id);
  }
}

/** Calls an endpoint that writes; then every reading of the endpoints in `invalidates` is read again. */
export function useCall<E extends AnyEndpoint>(
  endpoint: E,
  options: { invalidates?: readonly AnyEndpoint[] } = {},
): UseMutationResult<Reply<E>, Error, Input<E>> {
  const client = useQueryClient();
  return useMutation<Reply<E>, Error, Input<E>>({
    mutationFn: (input) => call(endpoint, input),
    onSuccess: async () => {
      await Promise.all(
        (options.invalidates ?? []).map((other) => client.invalidateQueries({ queryKey: keyOf(other) })),
      );
    },
  });
}

/** A key for one intended act; keep it over retries. */
export const newKey = (): string => crypto.randomUUID();
