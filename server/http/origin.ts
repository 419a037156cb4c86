import type { RequestHandler } from 'express';
import { notAllowed } from '../errors.ts';

/**
 * A write must come from our own pages or from a program, never from another site's page: browsers say where a
 * request comes from, and a cross-site form can't send JSON.
 */
export const refuseForeignWrites: RequestHandler = (request, _response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD') return next();
  const fetchSite = request.headers['sec-fetch-site'];
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none')
    return next(notAllowed('The request came from another site. Nothing was changed.'));
  next();
};
