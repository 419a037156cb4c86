import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import type { Origin } from './signIn.ts';

/** Behind a proxy, which EQUIPOISE_URL says there is, the last address that it noted is the client's. */
export function addressOf(config: Config, request: IncomingMessage): string {
  const header = request.headers['x-forwarded-for'];
  const noted =
    config.publicUrl === null
      ? undefined
      : (Array.isArray(header) ? header.join() : header)?.split(',').at(-1)?.trim();
  return noted || request.socket.remoteAddress || '';
}

export function originOf(config: Config, request: IncomingMessage): Origin {
  return { headers: request.headers, address: addressOf(config, request) };
}
