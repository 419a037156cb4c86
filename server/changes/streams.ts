import type { ServerResponse } from 'node:http';
import { identifyCaller } from '../access/identifyCaller.ts';
import { LONGEST_SESSION_MS } from '../accounts/currentSession.ts';
import type { Database } from '../db/database.ts';
import { Refused } from '../errors.ts';
import type { Services, User } from '../services.ts';
import type { Changed } from './contract.ts';
import { livingSessions, revisionsOf } from './store.ts';

/** How often the database is asked, by one query for all studies that anybody follows: it may be another server's. */
const TICK_MS = 2_000;
/** A comment so often keeps proxies from taking the line for dead. */
const HEARTBEAT_TICKS = 10;
/** Sessions are looked at with every tick, roles so often. */
const ROLES_TICKS = 5;
const MOST = 1_000;
const MOST_OF_SESSION = 8;

interface Stream {
  services: Services;
  response: ServerResponse;
  study: string;
  user: User;
  session: string;
  /** The last revision that was sent. */
  told: string;
  endsAt: number;
}

/**
 * The lines of one database on which pages wait for changes. All are told at the same ticks, however many changes lie
 * between two of them, so that neither the number nor the moment of a write can be read from a line.
 */
class Streams {
  readonly #open = new Set<Stream>();
  #timer: NodeJS.Timeout | undefined;
  #ticking = false;
  #ticks = 0;

  add(stream: Stream): void {
    if (this.#open.size >= MOST || this.#ofSession(stream.session) >= MOST_OF_SESSION)
      throw new Refused(
        'too-many',
        'Too many pages follow the changes of this study. Close some, or look again by hand; nothing was changed.',
      );
    const { response } = stream;
    this.#open.add(stream);
    response.once('close', () => this.#remove(stream));
    response.statusCode = 200;
    response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
    // `no-transform`: a line that is compressed would be held back until there is enough of it.
    response.setHeader('Cache-Control', 'no-store, no-transform');
    response.setHeader('X-Accel-Buffering', 'no');
    response.write(`retry: ${TICK_MS}\n\n${eventOf({ revision: stream.told })}`);
    if (stream.endsAt <= performance.now()) {
      this.#end(stream);
      return;
    }
    this.#timer ??= setInterval(() => void this.#tick(stream.services), TICK_MS).unref();
  }

  get count(): number {
    return this.#open.size;
  }

  endAll(): void {
    for (const stream of this.#open) this.#end(stream);
  }

  async #tick(services: Services): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    this.#ticks += 1;
    try {
      await this.#endThoseOver(services);
      const streams = [...this.#open];
      if (streams.length === 0) return;
      const revisions = await revisionsOf(services.db.read, [...new Set(streams.map(({ study }) => study))]);
      for (const stream of streams) this.#tell(stream, revisions.get(stream.study));
    } catch (error) {
      services.log.error({ err: error }, 'Changes were not told.');
    } finally {
      this.#ticking = false;
    }
  }

  #tell(stream: Stream, revision: string | undefined): void {
    const { response } = stream;
    // A reader that takes nothing is let go, and connects again when it wakes.
    if (response.writableLength > 64_000) response.destroy();
    else if (revision !== undefined && revision > stream.told) {
      stream.told = revision;
      response.write(eventOf({ revision }));
    } else if (this.#ticks % HEARTBEAT_TICKS === 0) response.write(': still here\n\n');
  }

  /** A line ends with its time, its session or its role, whichever comes first; it never makes a session longer. */
  async #endThoseOver(services: Services): Promise<void> {
    if (this.#open.size === 0) return;
    const sessions = await livingSessions(services.db.read, [
      ...new Set([...this.#open].map(({ session }) => session)),
    ]);
    const now = Date.now();
    for (const stream of [...this.#open]) {
      const session = sessions.get(stream.session);
      const over =
        !session ||
        session.expiresAt.getTime() <= now ||
        session.createdAt.getTime() + LONGEST_SESSION_MS <= now;
      if (over) this.#end(stream, 'event: ended\ndata: {}\n\n');
      else if (stream.endsAt <= performance.now()) this.#end(stream);
    }
    if (this.#ticks % ROLES_TICKS === 0)
      for (const stream of [...this.#open])
        await identifyCaller(services, stream.user, stream.study, 'results.read').catch((error) => {
          if (!(error instanceof Refused)) throw error;
          this.#end(stream, 'event: ended\ndata: {}\n\n');
        });
  }

  #end(stream: Stream, last = ''): void {
    stream.response.end(last);
    this.#remove(stream);
  }

  #remove(stream: Stream): void {
    this.#open.delete(stream);
    if (this.#open.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #ofSession(session: string): number {
    return [...this.#open].filter((stream) => stream.session === session).length;
  }
}

const eventOf = (data: Changed): string => `event: changed\ndata: ${JSON.stringify(data)}\n\n`;

const streamsOf = new WeakMap<Database, Streams>();

export function follow(services: Services, stream: Omit<Stream, 'services'>): void {
  const streams = streamsOf.get(services.db) ?? new Streams();
  streamsOf.set(services.db, streams);
  streams.add({ ...stream, services });
}

/** How many lines are open. */
export const openLines = (services: Pick<Services, 'db'>): number => streamsOf.get(services.db)?.count ?? 0;

/** For a server that stops: whoever waits on a line would keep it from closing. */
export function endLines(services: Pick<Services, 'db'>): void {
  streamsOf.get(services.db)?.endAll();
}
