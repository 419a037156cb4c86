import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Connection } from './database.ts';

/** Where a value comes in a statement that is built before its values are known. */
class Place {
  readonly name: PropertyKey;

  constructor(name: PropertyKey) {
    this.name = name;
  }
}

type Row<Query> = Query extends Compilable<infer R> ? R : never;

/**
 * A statement that is built and compiled once for each kind of database, and then only given its values: for the few
 * that every save and every allocation run, where building takes longer than running.
 *
 * @param build makes the statement from a connection and the places of its values. A value may only be compared or
 *   stored as it is: a statement whose shape depends on its values (a list, an optional condition) can't be prepared.
 */
export function prepared<Values extends object, Query extends Compilable<unknown>>(
  build: (db: Connection, values: Values) => Query,
): (db: Connection, values: Values) => Promise<QueryResult<Row<Query>>> {
  const places = new Proxy({}, { get: (_, name) => new Place(name) }) as Values;
  const compiled = new Map<unknown, CompiledQuery>();
  return (db, values) => {
    const kind = db.getExecutor().adapter.constructor;
    let statement = compiled.get(kind);
    if (!statement) {
      statement = build(db, places).compile() as CompiledQuery;
      compiled.set(kind, statement);
    }
    const parameters = statement.parameters.map((parameter) =>
      parameter instanceof Place ? values[parameter.name as keyof Values] : parameter,
    );
    return db.executeQuery({ ...statement, parameters } as CompiledQuery<Row<Query>>);
  };
}
