import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessTable } from '../../server/access/table.ts';
import { endpoints } from '../../server/api.ts';
import { routes } from '../../server/app.ts';
import { openApiDocument } from '../../server/http/openapi.ts';
import { type TestServer, testServer } from '../setup/http.ts';

type Json = Record<string, unknown>;
interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  'x-access': string;
  security: object[];
  parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Json; securitySchemes: Json };
}

let server: TestServer;
let document: Document;
beforeAll(async () => {
  server = await testServer(['ipt-depression']);
  const answer = await server.stranger().get('/api/openapi.json').expect(200);
  document = answer.body;
});
afterAll(() => server?.close());

const operations = (): [string, string, Operation][] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, string, Operation] => [path, method, operation]),
  );

test('every declared endpoint is answered, and nothing is answered that isn’t declared', () => {
  const place = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  expect(routes.map(({ endpoint }) => place(endpoint)).sort()).toEqual(endpoints.map(place).sort());
  expect(new Set(endpoints.map(({ id }) => id)).size).toBe(endpoints.length);
  expect(new Set(endpoints.map(place)).size).toBe(endpoints.length);
});

test('every action of the access table is asked for somewhere, and every endpoint asks for one that is there', () => {
  const asked = new Set(endpoints.map(({ access }) => access));
  const known = [...Object.keys(accessTable), 'public', 'signed-in'];
  expect([...asked].filter((access) => !known.includes(access))).toEqual([]);
  expect(Object.keys(accessTable).filter((action) => !asked.has(action as never))).toEqual([]);
});

test('an endpoint of a study names the study in its path, and any other is public or for whoever is signed in', () => {
  for (const { id, path, access, params } of endpoints) {
    const inStudy = path.startsWith('/api/studies/:study');
    expect(inStudy, id).toBe(access !== 'public' && access !== 'signed-in');
    expect(params !== undefined, id).toBe(path.includes(':'));
  }
});

test('the document describes every endpoint once', () => {
  const described = operations().map(([path, method, { operationId }]) => `${operationId} ${method} ${path}`);
  const declared = endpoints.map(
    ({ id, method, path }) => `${id} ${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  );
  expect(described.sort()).toEqual(declared.sort());
});

test('it is an OpenAPI 3.1 document: required fields, parameters of each path, responses, schemas', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/);
  expect(document.info.title).toBe('Equipoise');
  expect(document.info.version).toMatch(/^\d+\.\d+\.\d+/);
  for (const [path, method, operation] of operations()) {
    const where = `${method} ${path}`;
    expect(['get', 'post', 'put', 'delete'], where).toContain(method);
    expect(operation.summary.length, where).toBeGreaterThan(5);
    expect(operation['x-access'], where).toBeTruthy();
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
    const parameters = operation.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => name).sort(), where).toEqual(named.sort());
    for (const parameter of parameters) {
      expect(['path', 'query'], where).toContain(parameter.in);
      if (parameter.in === 'path') expect(parameter.required, where).toBe(true);
      expectSchema(parameter.schema, where);
    }
    const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(new Set(keys).size, where).toBe(keys.length);
    if (method === 'get' || method === 'delete') expect(operation.requestBody, where).toBeUndefined();
    for (const { schema } of Object.values(operation.requestBody?.content ?? {})) expectSchema(schema, where);
    expect(Object.keys(operation.responses), where).toContain('200');
    for (const [status, response] of Object.entries(operation.responses)) {
      expect(status, where).toMatch(/^[1-5]\d\d$/);
      expect(response.description, where).toBeTruthy();
      for (const { schema } of Object.values(response.content ?? {})) expectSchema(schema, where);
    }
    const schemes = Object.keys(document.components.securitySchemes);
    for (const requirement of operation.security)
      for (const scheme of Object.keys(requirement)) expect(schemes, where).toContain(scheme);
    expect(operation.security.length === 0, where).toBe(operation['x-access'] === 'public');
  }
});

test('the document is made anew from the contracts, without leaving out what a client needs to sign in', () => {
  expect(openApiDocument('1.2.3')).toMatchObject({ info: { version: '1.2.3' } });
  const signIn = document.paths['/api/auth/sign-in/email']!.post!;
  const body = signIn.requestBody!.content['application/json']!.schema;
  expect(Object.keys(body.properties as Json)).toEqual(['email', 'password', 'code']);
  expect(body.additionalProperties).toBe(false);
});

const types = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

/** JSON Schema 2020-12 as OpenAPI 3.1 takes it: known types, references that lead somewhere, schemas all the way down. */
function expectSchema(schema: unknown, where: string): void {
  if (typeof schema === 'boolean') return;
  expect(typeof schema, where).toBe('object');
  expect(schema, where).not.toBeNull();
  const { $ref, type, properties, items, required, ...rest } = schema as Json;
  if ($ref !== undefined) {
    const [, , , name] = String($ref).split('/');
    expect(String($ref), where).toMatch(/^#\/components\/schemas\//);
    expect(Object.keys(document.components.schemas ?? {}), where).toContain(name);
  }
  for (const one of [type ?? []].flat()) expect(types, where).toContain(one);
  expect('nullable' in rest, `${where}: nullable belongs to OpenAPI 3.0`).toBe(false);
  for (const member of Object.values((properties ?? {}) as Json)) expectSchema(member, where);
  if (required !== undefined)
    for (const name of required as string[]) expect(Object.keys(properties as Json), where).toContain(name);
  if (items !== undefined) expectSchema(items, where);
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'])
    for (const member of (rest[key] ?? []) as unknown[]) expectSchema(member, where);
  for (const key of ['additionalProperties', 'propertyNames', 'not'])
    if (rest[key] !== undefined) expectSchema(rest[key], where);
}
