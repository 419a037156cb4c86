import { createDocument } from 'zod-openapi';
import { endpoints } from '../api.ts';
import type { Endpoint } from './endpoint.ts';
import { refusal } from './wire.ts';

const refusals = {
  400: 'Not valid',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  429: 'Too many requests',
  503: 'The server is being stopped',
};

/** The OpenAPI 3.1 document, generated from the contracts that the server itself checks with. */
export function openApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const endpoint of endpoints) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    const operations = paths[path] ?? {};
    operations[endpoint.method] = operation(endpoint);
    paths[path] = operations;
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Equipoise',
      version,
      description:
        'Sign in at POST /api/auth/sign-in/email with {email, password}; the cookie of the reply is the session. What a role may do is in `x-access`.',
    },
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'equipoise.session_token' } },
    },
  });
}

function operation(endpoint: Endpoint): object {
  const json = (schema: unknown) => ({ 'application/json': { schema } });
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    tags: [endpoint.id.split('.')[0]],
    'x-access': endpoint.access,
    security: endpoint.access === 'public' ? [] : [{ session: [] }],
    requestParams: {
      ...(endpoint.params ? { path: endpoint.params } : {}),
      ...(endpoint.query ? { query: endpoint.query } : {}),
    },
    ...(endpoint.body ? { requestBody: { required: true, content: json(endpoint.body) } } : {}),
    responses: {
      200: endpoint.produces
        ? { description: 'The file', content: { [endpoint.produces]: { schema: { type: 'string' } } } }
        : { description: 'Done', ...(endpoint.reply ? { content: json(endpoint.reply) } : {}) },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [
          status,
          { description, content: json(refusal) },
        ]),
      ),
    },
  };
}
