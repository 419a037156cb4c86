import type { IncomingHttpHeaders } from 'node:http';
import { fromNodeHeaders } from 'better-auth/node';
import type { Services, User } from '../services.ts';

/** The user of the session cookie and when the session ends, or null. */
export async function currentSession(
  services: Services,
  headers: IncomingHttpHeaders,
): Promise<{ user: User; expiresAt: Date } | null> {
  if (!headers.cookie) return null;
  const found = await services.auth.api.getSession({ headers: fromNodeHeaders(headers) });
  if (!found) return null;
  const { id, name, email } = found.user;
  return { user: { id, name, email }, expiresAt: new Date(found.session.expiresAt) };
}
