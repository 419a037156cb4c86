import type { z } from 'zod';
import type { Action } from '../access/table.ts';

/** Who may call: anyone, anyone signed in, or whoever the access table lets do the action in the study of the path. */
export type Access = 'public' | 'signed-in' | Action;

type Schema = z.ZodType;

/** One endpoint as data: the guards, the router, the OpenAPI document and the browser's client all read it. */
export interface Endpoint<
  Params extends Schema = Schema,
  Query extends Schema = Schema,
  Body extends Schema = Schema,
  Reply extends Schema = Schema,
> {
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  summary: string;
  access: Access;
  params?: Params;
  query?: Query;
  body?: Body;
  /** What a 200 carries; absent where the reply isn't JSON (see `produces`). */
  reply?: Reply;
  /** Media type of a reply that isn't JSON. */
  produces?: string;
}

/** Declares an endpoint and keeps the types of its schemas. */
export function endpoint<
  Params extends Schema = z.ZodUndefined,
  Query extends Schema = z.ZodUndefined,
  Body extends Schema = z.ZodUndefined,
  Reply extends Schema = z.ZodUndefined,
>(definition: Endpoint<Params, Query, Body, Reply>): Endpoint<Params, Query, Body, Reply> {
  return definition;
}
