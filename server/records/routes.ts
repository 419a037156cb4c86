import type { Endpoint } from '../http/endpoint.ts';
import { type Route, serve } from '../http/serve.ts';
import { addRecord } from './add.ts';
import type { addsTo, corrects, strikes, tellsVersions } from './contract.ts';
import { correctRecord } from './correct.ts';
import type { RecordKind } from './kind.ts';
import { readVersions } from './read.ts';

type Of<F extends (...given: never[]) => Endpoint> = ReturnType<F>;

/** The routes that every kind of record has. */
export function recordRoutes<Content>(
  kind: RecordKind<Content>,
  endpoints: {
    add?: Of<typeof addsTo>;
    correct: Of<typeof corrects>;
    strike: Of<typeof strikes>;
    versions: Of<typeof tellsVersions>;
  },
): Route[] {
  const contentOf = (body: { content: unknown }): Content => body.content as Content;
  const { add, correct, strike, versions } = endpoints;
  return [
    ...(add
      ? [
          serve(add, ({ services, caller }, { params, body }) =>
            addRecord(services, caller, kind, params.participant, {
              key: body.key,
              content: contentOf(body),
            }),
          ),
        ]
      : []),
    serve(correct, ({ services, caller }, { params, body }) =>
      correctRecord(services, caller, kind, params.record, { ...body, content: contentOf(body) }),
    ),
    serve(strike, ({ services, caller }, { params, body }) =>
      correctRecord(services, caller, kind, params.record, body),
    ),
    serve(versions, ({ services, caller }, { params }) =>
      readVersions(services, caller, kind, params.record),
    ),
  ];
}
