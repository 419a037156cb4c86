import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import type { Services, User } from '../services.ts';

export interface CurrentSession {
  user: User;
  expiresAt: Date;
  /** To be sent back: a session that is used lives longer, and so must its cookie. */
  cookies: string[];
}

/** The session of the cookie, or null. */
export async function currentSession(
  services: Services,
  headers: IncomingHttpHeaders,
): Promise<CurrentSession | null> {
  if (!headers.cookie) return null;
  const answer = await services.auth.api
    .getSession({ headers: fromNodeHeaders(headers), returnHeaders: true })
    .catch(endedMeanwhile);
  if (!answer?.response) return null;
  const { user, session } = answer.response;
  return {
    user: { id: user.id, name: user.name, email: user.email },
    expiresAt: new Date(session.expiresAt),
    cookies: answer.headers.getSetCookie(),
  };
}

/** A sign-out at the same moment makes better-auth throw; what else it throws has the cause in it. */
function endedMeanwhile(error: unknown): null {
  const { statusCode, cause } = error as { statusCode?: number; cause?: unknown };
  if (statusCode === 401) return null;
  throw cause ?? error;
}
