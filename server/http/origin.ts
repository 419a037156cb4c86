import type { RequestHandler } from 'express';
import type { Config } from '../config.ts';
import { notAllowed } from '../errors.ts';

/**
 * A write must come from our own pages or from a program, never from another site's page. Browsers say where a request
 * comes from: in Sec-Fetch-Site where the address is https or this machine, and in Origin everywhere.
 */
export function refuseForeignWrites(config: Pick<Config, 'publicUrl'>): RequestHandler {
  return (request, _response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD') return next();
    const { 'sec-fetch-site': site, origin, host } = request.headers;
    const own =
      site !== undefined
        ? site === 'same-origin' || site === 'none'
        : origin === undefined || origin === config.publicUrl || originHost(origin) === host;
    next(own ? undefined : notAllowed('The request came from another site. Nothing was changed.'));
  };
}

function originHost(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
