import type { Connection } from '../db/database.ts';
import type { Caller, Services } from '../services.ts';
import type { Showing } from '../studies/rules.ts';
import type { Arms } from './dataset.ts';
import type { Person } from './facts/people.ts';
import type { Say } from './words.ts';

/** Results are made for a reader: what there is, and how much of it may be shown. */
export interface Reader extends Pick<Caller, 'study' | 'sites'> {
  /** The clock stands at the data cut-off where there is one. */
  services: Pick<Services, 'config' | 'now'>;
  db: Connection;
  /** Where long computations of this database’s data are kept. */
  place: object;
  people: readonly Person[];
  arms: Arms;
  showing: Showing;
  /** The smallest count that may be shown; null: any. */
  smallest: number | null;
  /** Says words in the reader’s language; null: they stay as they are written. */
  say: Say | null;
  /** Figures are as things stood at this instant (ISO 8601, UTC); null: as they stand. */
  until: string | null;
}
