import { t } from '../../language/t.ts';
/** As much of JSON Schema as the contracts use. */
export interface JsonSchema {
  type?: string | string[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  default?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  additionalProperties?: JsonSchema | boolean;
  $ref?: string;
}

export interface Field {
  name: string;
  depth: number;
  type: string;
  required: boolean;
  about: string;
}

type Resolve = (schema: JsonSchema) => JsonSchema;

/** Follows `$ref` into the document's components. */
export function resolver(components: Record<string, JsonSchema>): Resolve {
  return (schema) => (schema.$ref ? (components[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema);
}

/** "string (date)", "integer, 1 to 500", "one of open, closed", "list of object". */
export function typeOf(given: JsonSchema, resolve: Resolve): string {
  const schema = resolve(given);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => typeOf(choice, resolve)))].join(` ${t('or')} `);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return t('one of {map}', { map: schema.enum.map(String).join(', ') });
  if (schema.type === 'array')
    return t('list of {what}', { what: schema.items ? typeOf(schema.items, resolve) : 'values' });
  if (schema.type === 'object' && schema.additionalProperties && !schema.properties) return 'map';
  const name = Array.isArray(schema.type)
    ? schema.type.join(` ${t('or')} `)
    : (schema.type ?? t('any value'));
  return `${name}${schema.format ? ` (${schema.format})` : ''}${limits(schema)}`;
}

function limits({ minimum, maximum, minLength, maxLength, type }: JsonSchema): string {
  const safe = (n: number | undefined) =>
    n !== undefined && Math.abs(n) < Number.MAX_SAFE_INTEGER ? n : undefined;
  const [low, high] = type === 'string' ? [minLength, maxLength] : [safe(minimum), safe(maximum)];
  const unit = type === 'string' ? ` ${t('characters')}` : '';
  if (low !== undefined && high !== undefined) return t(', {low} to {high}{unit}', { low, high, unit });
  if (low !== undefined) return t(', at least {low}{unit}', { low, unit });
  return high === undefined ? '' : t(', at most {high}{unit}', { high, unit });
}

/** The fields of an object, those of objects inside it indented below; at most four deep. */
export function fieldsOf(given: JsonSchema, resolve: Resolve, depth = 0): Field[] {
  const schema = resolve(given);
  if (depth > 3) return [];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.flatMap((choice) => fieldsOf(choice, resolve, depth));
  if (schema.type === 'array' && schema.items) return fieldsOf(schema.items, resolve, depth);
  if (typeof schema.additionalProperties === 'object')
    return fieldsOf(schema.additionalProperties, resolve, depth);
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => [
    {
      name,
      depth,
      type: typeOf(inner, resolve),
      required: schema.required?.includes(name) ?? false,
      about: aboutOf(inner, resolve(inner)),
    },
    ...fieldsOf(inner, resolve, depth + 1),
  ]);
}

function aboutOf(inner: JsonSchema, resolved: JsonSchema): string {
  const standard =
    resolved.default === undefined
      ? ''
      : t('Default {stringify}.', { stringify: JSON.stringify(resolved.default) });
  return [inner.description ?? resolved.description ?? '', standard].filter(Boolean).join(' ');
}
