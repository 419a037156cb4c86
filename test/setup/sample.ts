import { z } from 'zod';

interface Schema {
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  /** Of a tuple; `items` is false then. */
  prefixItems?: Schema[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  format?: string;
  pattern?: string;
}

/**
 * A body that keeps an endpoint's contract, made from the contract alone.
 * @param known values of properties by their name, wherever they stand
 */
export function sampleOf(contract: z.ZodType, known: Readonly<Record<string, unknown>>): unknown {
  return sample(z.toJSONSchema(contract, { io: 'input', unrepresentable: 'any' }) as Schema, known);
}

function sample(schema: Schema, known: Readonly<Record<string, unknown>>): unknown {
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return sample(either[0]!, known);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {})
          .filter(([name]) => schema.required?.includes(name))
          .map(([name, part]) => [name, name in known ? known[name] : sample(part, known)]),
      );
    case 'array':
      if (schema.prefixItems) return schema.prefixItems.map((part) => sample(part, known));
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}, known));
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case 'boolean':
      return true;
    case 'string':
      return text(schema);
    default:
      return null;
  }
}

function text({ format, minLength = 3 }: Schema): string {
  if (format === 'uuid') return crypto.randomUUID();
  if (format === 'date') return '2026-11-23';
  if (format === 'date-time') return '2026-11-23T09:00:00.000Z';
  return 'sample text'.padEnd(minLength, '.');
}
