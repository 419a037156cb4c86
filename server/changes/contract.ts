import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { studyParams } from '../http/wire.ts';

/** The data of each event `changed`, as JSON. It says that something changed and never what. */
export const changed = z.strictObject({
  revision: z.string().describe('The state of the study’s data: a time that only ever moves on.'),
});
export type Changed = z.infer<typeof changed>;

export const followChanges = endpoint({
  id: 'changes.follow',
  method: 'get',
  path: '/api/studies/:study/changes',
  summary:
    'Server-sent events: `changed` at once and whenever the study’s data have changed, at most every two seconds; `ended` when the session or the role has',
  access: 'results.read',
  params: studyParams,
  query: z.strictObject({
    seconds: z.coerce
      .number()
      .int()
      .min(0)
      .max(86_400)
      .default(3600)
      .describe('The stream ends after so long; browsers then connect again by themselves.'),
  }),
  produces: 'text/event-stream',
});
