import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../server/http/endpoint.ts';
import { addressOf, call, onSignedOut, Refused, Unreachable } from '../../web/api.ts';

/** A server that answers each path with the status and body in its query; `fetch` is given its origin, as a page has one. */
let server: Server;
let origin = '';
const pageFetch = globalThis.fetch;

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://server');
    let sent = '';
    request.on('data', (part) => {
      sent += part;
    });
    request.on('end', () => {
      response.writeHead(Number(url.searchParams.get('status') ?? 200), {
        'content-type': 'application/json',
      });
      response.end(
        url.searchParams.get('body') ?? JSON.stringify({ method: request.method, path: url.pathname, sent }),
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => pageFetch(origin + address, init));
});
afterAll(() => {
  vi.unstubAllGlobals();
  server.close();
});

const params = z.strictObject({ study: z.string(), participant: z.string() });
const query = z.strictObject({
  status: z.number().optional(),
  body: z.string().optional(),
  find: z.string().optional(),
});
const reply = z.strictObject({ method: z.string(), path: z.string(), sent: z.string() });
const shared = {
  path: '/api/studies/:study/participants/:participant',
  summary: '',
  access: 'public' as const,
};
const read = endpoint({ id: 'one.read', method: 'get', ...shared, params, query, reply });
const write = endpoint({
  id: 'one.write',
  method: 'put',
  ...shared,
  params,
  body: z.strictObject({ n: z.int() }),
  reply,
});
const to = { study: 'dep-3a', participant: 'LOH/1 x' };

test('fills the path, leaves empty filters out and escapes what it is given', () => {
  expect(addressOf(read, { params: to, query: { find: undefined } })).toBe(
    '/api/studies/dep-3a/participants/LOH%2F1%20x',
  );
  expect(addressOf(read, { params: to, query: { find: 'a&b' } })).toMatch(/\?find=a%26b$/);
});

test('sends the method and the body of the contract', async () => {
  const answer = await call(write, { params: to, body: { n: 3 } });
  expect(answer).toEqual({
    method: 'PUT',
    path: '/api/studies/dep-3a/participants/LOH%2F1%20x',
    sent: '{"n":3}',
  });
});

test('a refusal carries everything that the server said', async () => {
  const said = {
    error: 'conflict',
    message: 'Somebody saved before you.',
    reference: '4K7-2QD',
    issues: [{ path: 'version', message: 'stale' }],
    current: { version: 4 },
  };
  const refused = await call(read, { params: to, query: { status: 409, body: JSON.stringify(said) } }).catch(
    (e) => e,
  );
  expect(refused).toBeInstanceOf(Refused);
  expect(refused).toMatchObject({ status: 409, ...said });
});

test('an answer that no part of the server wrote is still a refusal with words', async () => {
  const refused = await call(read, { params: to, query: { status: 500, body: '<html>' } }).catch((e) => e);
  expect(refused).toBeInstanceOf(Refused);
  expect(refused.reference).toBe('HTTP 500');
});

test('a session that has ended is told to whoever listens', async () => {
  const heard = vi.fn();
  const stop = onSignedOut(heard);
  await call(read, { params: to, query: { status: 401, body: '{}' } }).catch(() => undefined);
  stop();
  await call(read, { params: to, query: { status: 401, body: '{}' } }).catch(() => undefined);
  expect(heard).toHaveBeenCalledTimes(1);
});

test('a proxy without a server behind it, and no network at all, are unreachable', async () => {
  await expect(call(read, { params: to, query: { status: 502, body: '<html>' } })).rejects.toBeInstanceOf(
    Unreachable,
  );
  vi.stubGlobal('fetch', () => pageFetch('http://127.0.0.1:9/'));
  await expect(call(read, { params: to })).rejects.toBeInstanceOf(Unreachable);
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => pageFetch(origin + address, init));
});
