import { expect, test } from 'vitest';
import { fieldsOf, type JsonSchema, resolver, typeOf } from '../../../web/parts/reference/schema.ts';

const person: JsonSchema = {
  type: 'object',
  properties: { name: { type: 'string', minLength: 2, maxLength: 80 } },
};
const resolve = resolver({ person });

test('types are said in words', () => {
  expect(typeOf({ type: 'string', format: 'date' }, resolve)).toBe('string (date)');
  expect(typeOf({ type: 'integer', minimum: 1, maximum: 500 }, resolve)).toBe('integer, 1 to 500');
  expect(typeOf({ enum: ['open', 'closed'] }, resolve)).toBe('one of open, closed');
  expect(typeOf({ anyOf: [{ type: 'string' }, { type: 'null' }] }, resolve)).toBe('string or null');
  expect(typeOf({ type: 'array', items: { $ref: '#/components/schemas/person' } }, resolve)).toBe(
    'list of object',
  );
  // JSON Schema of an integer carries the bounds of a double, which tell nobody anything.
  expect(
    typeOf({ type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, resolve),
  ).toBe('integer');
});

test('fields of objects in lists stand below the list', () => {
  const schema: JsonSchema = {
    type: 'object',
    required: ['people'],
    properties: { people: { type: 'array', items: { $ref: '#/components/schemas/person' } } },
  };
  expect(fieldsOf(schema, resolve)).toEqual([
    { name: 'people', depth: 0, type: 'list of object', required: true, about: '' },
    { name: 'name', depth: 1, type: 'string, 2 to 80 characters', required: false, about: '' },
  ]);
});

test('a schema that contains itself ends', () => {
  const tree: JsonSchema = { type: 'object', properties: { child: { $ref: '#/components/schemas/tree' } } };
  expect(fieldsOf(tree, resolver({ tree })).length).toBe(4);
});
