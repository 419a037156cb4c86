import type { Express, Request, Response } from 'express';
import express from 'express';
import type { z } from 'zod';
import { identifyCaller } from '../access/identifyCaller.ts';
import { currentSession } from '../accounts/currentSession.ts';
import { notValid, Refused } from '../errors.ts';
import { identifier } from '../instruments/document.ts';
import type { Services } from '../services.ts';
import type { Endpoint } from './endpoint.ts';
import type { Given, Input, Route } from './serve.ts';
import { notStorable } from './storable.ts';
import { inPlainWords } from './wording.rules.ts';

/** Bodies are small but for imports and uploads, which carry a whole file. */
const BODY_LIMIT = '256kb';
const IMPORT_LIMIT = '64mb';
const FILE_LIMIT = '15mb';
const limits: Readonly<Record<string, string>> = {
  'imports.run': IMPORT_LIMIT,
  'forms.upload': FILE_LIMIT,
  'studies.attach-approval': FILE_LIMIT,
};

/** Puts each route on the app: identify, guard, read the body, check, call, answer. */
export function mount(app: Express, services: Services, routes: readonly Route[]): void {
  for (const route of routes) {
    const { endpoint } = route;
    const parseBody = endpoint.body
      ? [express.json({ limit: limits[endpoint.id] ?? BODY_LIMIT, strict: true })]
      : [];
    app[endpoint.method](
      endpoint.path,
      async (request, response, next) => {
        response.locals.given = await guard(services, endpoint, request, response);
        next();
      },
      ...parseBody,
      async (request, response) => {
        const input = check(endpoint, request);
        const reply = await route.handle(response.locals.given as Given, input, response);
        if (reply !== undefined) response.json(reply);
      },
    );
  }
}

async function guard(
  services: Services,
  endpoint: Endpoint,
  request: Request,
  response: Response,
): Promise<Given> {
  if (endpoint.access === 'public')
    return { services, user: null, caller: null, sessionEnds: null, session: null };
  const automatic =
    endpoint.produces === 'text/event-stream' || request.get('x-equipoise-automatic') === 'yes';
  const named = endpoint.access === 'signed-in' ? undefined : identifier.safeParse(request.params.study).data;
  const session = await currentSession(services, request.headers, { automatic, study: named });
  if (!session)
    throw new Refused(
      'not-signed-in',
      'You are not signed in, or your session has ended. Sign in again; nothing was changed.',
    );
  const { id, user, expiresAt: sessionEnds } = session;
  // What one person typed is never saved in the name of another who signed in since, in the same browser.
  if ((request.get('x-equipoise-user') ?? user.id) !== user.id)
    throw new Refused(
      'not-signed-in',
      'Someone else is signed in in this browser by now. Sign in again; nothing was changed.',
    );
  for (const cookie of session.cookies) response.append('Set-Cookie', cookie);
  if (endpoint.access === 'signed-in') return { services, user, caller: null, sessionEnds, session: id };
  // Before anything of the address reaches the database.
  const { study } = parse(endpoint.params!, request.params, 'params') as { study: string };
  const caller = await identifyCaller(services, user, study, endpoint.access, session.standing);
  return { services, user, caller, sessionEnds, session: id };
}

function check(endpoint: Endpoint, request: Request): Input<Endpoint> {
  if (endpoint.body && !request.is('application/json'))
    throw notValid('Send the body as JSON (Content-Type: application/json). Nothing was changed.');
  const part = (name: Part, value: unknown) =>
    endpoint[name] ? parse(endpoint[name], value, name) : undefined;
  return {
    params: part('params', request.params),
    query: part('query', request.query),
    body: part('body', request.body),
  };
}

type Part = 'params' | 'query' | 'body';
const wrong = {
  params: 'The address of the request isn’t right. Nothing was changed.',
  query: 'Some of what the page asks for isn’t right. Nothing was changed.',
  body: 'Some of what was filled in isn’t right. Nothing was changed.',
};
const partName = { params: 'address', query: 'query', body: 'body' };

function parse(schema: z.ZodType, value: unknown, part: Part): unknown {
  const unfit = notStorable(value);
  if (unfit) throw notValid(`The ${partName[part]} of the request ${unfit}. Nothing was changed.`);
  const parsed = schema.safeParse(value ?? {}, { error: inPlainWords });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  throw notValid(wrong[part], issues);
}
