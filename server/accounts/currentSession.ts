import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import type { Language } from '../language/language.rules.ts';
import type { Services, User } from '../services.ts';
import { RENEWAL_SECONDS, SESSION_SECONDS } from './auth.ts';
import { type Standing, sessionInStudy, sessionOf } from './sessions/store.ts';

/** However much it is used, a session ends this long after the sign-in. */
export const LONGEST_SESSION_MS = 12 * 60 * 60_000;

export interface CurrentSession {
  /** The session's own identifier; not its token. */
  id: string;
  user: User;
  expiresAt: Date;
  /** To be sent back: a session that is used lives longer, and so must its cookie. */
  cookies: string[];
  /** Of the user in the study that was asked for; where it is missing, it is to be read. */
  standing?: Standing;
}

/** Tokens by the cookie that better-auth found them in: its signature needs no second look, the session does. */
const known = new Map<string, string>();
const KNOWN = 10_000;

/**
 * The session of the cookie, or null. Each request reads it from the database, so that one that was ended is ended;
 * better-auth is asked when the cookie is new, or the session is to be made longer.
 */
export async function currentSession(
  services: Services,
  headers: IncomingHttpHeaders,
  { automatic = false, study }: { automatic?: boolean; study?: string } = {},
): Promise<CurrentSession | null> {
  const { cookie } = headers;
  if (!cookie) return null;
  const token = known.get(cookie);
  const session = token === undefined ? null : await kept(services, token, study);
  // What a page asks by itself is no sign that anybody is there.
  if (automatic && session && session.expiresAt.getTime() <= Date.now()) return null;
  if (session && (automatic || !isDueForRenewal(session.expiresAt))) {
    const { createdAt, ...rest } = session;
    return withinLimit(services, { ...rest, cookies: [] }, createdAt, token!);
  }
  const answer = await services.auth.api
    .getSession({ headers: fromNodeHeaders(headers), returnHeaders: true })
    .catch(endedMeanwhile);
  if (!answer?.response) return null;
  const { user, session: found } = answer.response;
  if (known.size >= KNOWN) known.clear();
  known.set(cookie, found.token);
  const renewed = {
    id: found.id,
    user: {
      id: user.id,
      name: user.name,
      email: user.email,
      language: (user.language as Language | null | undefined) ?? null,
    },
    expiresAt: new Date(found.expiresAt),
    cookies: answer.headers.getSetCookie(),
  };
  return withinLimit(services, renewed, new Date(found.createdAt), found.token);
}

function kept(services: Services, token: string, study: string | undefined) {
  const db = services.db.read;
  return study === undefined
    ? sessionOf(db, token).then((session) => session && { ...session, standing: undefined })
    : sessionInStudy(db, token, study);
}

/** Sessions are made longer once a minute at most, so that not every request writes. */
function isDueForRenewal(expiresAt: Date): boolean {
  // Sessions are dated by the accounts library, whose clock is the machine's.
  return expiresAt.getTime() - Date.now() < 1000 * (SESSION_SECONDS - RENEWAL_SECONDS);
}

/** Renewed or not, nothing lives longer than the longest session. */
async function withinLimit(
  services: Services,
  session: CurrentSession,
  createdAt: Date,
  token: string,
): Promise<CurrentSession | null> {
  const end = createdAt.getTime() + LONGEST_SESSION_MS;
  if (Date.now() >= end) {
    const { internalAdapter } = await services.auth.$context;
    await internalAdapter.deleteSession(token);
    return null;
  }
  return { ...session, expiresAt: new Date(Math.min(session.expiresAt.getTime(), end)) };
}

/** A sign-out at the same moment makes better-auth throw; what else it throws has the cause in it. */
function endedMeanwhile(error: unknown): null {
  const { statusCode, cause } = error as { statusCode?: number; cause?: unknown };
  if (statusCode === 401) return null;
  throw cause ?? error;
}
