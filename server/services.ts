import type { Logger } from 'pino';
import type { Auth } from './accounts/auth.ts';
import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import type { Language } from './language/language.rules.ts';
import type { Answered, Asked } from './results/worker.ts';
import type { RoleName } from './studies/document.ts';
import type { Study } from './studies/study.ts';

/** What a use case needs from the world. */
export interface Services {
  config: Config;
  db: Database;
  auth: Auth;
  log: Logger;
  /** The only clock. */
  now(): Date;
  /** Makes the results of a study, beside the thread that answers requests. */
  results(asked: Asked): Promise<Answered>;
  /** How long a reader of results waits for newer ones, in milliseconds, before getting the last that were finished. */
  patience: number;
  /** Sign-ins that the demonstration offers on its sign-in page; null on any other server. */
  demoSignIns: { role: string; email: string; password: string }[] | null;
}

/** Whoever is signed in. */
export interface User {
  id: string;
  name: string;
  email: string;
  /** That they read the interface in; null or absent: none was chosen. */
  language?: Language | null;
}

/** A user in one study: what the guards know when a use case begins. */
export interface Caller {
  user: User;
  study: Study;
  roles: RoleName[];
  /** Roles that give the action at hand, the sites where they hold; null: all sites. */
  sites: ReadonlySet<string> | null;
  /** Whether the study blinds any role of the caller: then no arm, and pooled figures. */
  blinded: boolean;
}
