import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { isBusy } from '../db/database.ts';
import { Refused, statusOf } from '../errors.ts';
import { refusalIn } from '../language/speak.ts';
import type { User } from '../services.ts';
import { languageOf } from './language.ts';
import type { Refusal } from './wire.ts';

interface BodyError {
  type?: string;
  status?: number;
}

/** The one error handler: a refusal becomes its status and words; anything else is logged and answered without detail. */
export function refuse(log: Logger): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const refusal = toRefused(error);
    const reference = newReference();
    const status = statusOf[refusal.kind];
    const line = {
      reference,
      method: request.method,
      route: request.route?.path ?? null,
      kind: refusal.kind,
    };
    if (status === 500) log.error({ ...line, err: described(error) }, 'bug');
    else log.info(line, 'refused');
    if (response.headersSent) return void response.destroy();
    const body: Refusal = { error: refusal.kind, message: refusal.message, reference, ...refusal.detail };
    const { user } = (response.locals.given ?? {}) as { user?: User | null };
    const language = languageOf(request, user);
    response.vary('Accept-Language').set('Content-Language', language);
    response.status(status).json(refusalIn(language, body));
  };
}

/** What a bug was and where; not the rows or values that a database's own error may carry. */
function described(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const code = 'code' in error ? error.code : undefined;
  return { type: name, message, code, stack, ...(cause === undefined ? {} : { cause: described(cause) }) };
}

/** Short enough to be read over the telephone: 4K7-2QD. */
function newReference(): string {
  const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
  const code = [...randomBytes(6)].map((byte) => letters[byte % letters.length]).join('');
  return `${code.slice(0, 3)}-${code.slice(3)}`;
}

function toRefused(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (isBusy(error))
    return new Refused(
      'too-many',
      'The database is busy with a long piece of work. Nothing was saved; try again in a minute.',
    );
  const { type, status } = (error ?? {}) as BodyError;
  if (type === 'entity.too.large')
    return new Refused(
      'too-large',
      'The request is larger than this endpoint takes. Nothing was changed; send it in parts.',
    );
  if (type === 'entity.parse.failed')
    return new Refused('not-valid', 'The body isn’t valid JSON. Nothing was changed.');
  if (status === 404) return new Refused('not-found', 'There is nothing at this address.');
  if (status !== undefined && status >= 400 && status < 500)
    return new Refused('not-valid', 'The request can’t be read. Nothing was changed.');
  return new Refused(
    'internal',
    'Something went wrong on our side. Nothing was changed; try again, and quote the reference if it stays.',
  );
}
