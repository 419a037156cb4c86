import { sql } from 'kysely';
import type { Connection } from '../../db/database.ts';

/** What is known of one visit of one participant without reading a form. */
export interface Standing {
  participant_id: string;
  code: string;
  site: string;
  status: string;
  screened_on: string;
  allocated_at: string | null;
  /** The first day of a withdrawal or a death; null where there is none. */
  ended_on: string | null;
  booked_for: string | null;
  begun: number;
  complete: number;
  /** Of the protocol versions of its forms; 0 where none is on record, or there is no form. */
  lowest_version: number;
  highest_version: number;
}

export interface Reach {
  study: string;
  /** null: every site. */
  sites: readonly string[] | null;
}

/** The columns of `Standing` that the participant has, for one visit. Those who were excluded have nothing open. */
const standings = (db: Connection, { study, sites }: Reach) => {
  const query = db
    .selectFrom('participant')
    .leftJoin('allocation', 'allocation.participant_id', 'participant.id')
    .where('participant.study_id', '=', study)
    .where('participant.status', '<>', 'excluded')
    .select((eb) => [
      'participant.id as participant_id',
      'participant.code',
      'participant.site',
      'participant.status',
      'participant.screened_on',
      'allocation.allocated_at',
      eb
        .selectFrom('event')
        .select((inner) => inner.fn.min('on_day').as('on_day'))
        .whereRef('event.participant_id', '=', 'participant.id')
        .where('event.struck', '=', 0)
        .where('event.kind', 'in', ['withdrawal', 'death'])
        .as('ended_on'),
    ]);
  return sites === null ? query : query.where('participant.site', 'in', [...sites]);
};

/** Those who have no form at the visit, and whom the day it counts from doesn't make too late for it. */
export async function unbegun(
  db: Connection,
  reach: Reach,
  visit: string,
  since: { screenedOn: string } | { allocatedAt: string },
): Promise<Standing[]> {
  const query = standings(db, reach)
    .leftJoin('visit_booking', (join) =>
      join.onRef('visit_booking.participant_id', '=', 'participant.id').on('visit_booking.visit', '=', visit),
    )
    .select((eb) => [
      'visit_booking.booked_for',
      eb.lit(0).as('begun'),
      eb.lit(0).as('complete'),
      eb.lit(0).as('lowest_version'),
      eb.lit(0).as('highest_version'),
    ])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('visit_tally')
            .select('visit_tally.visit')
            .whereRef('visit_tally.participant_id', '=', 'participant.id')
            .where('visit_tally.visit', '=', visit),
        ),
      ),
    );
  return (
    'screenedOn' in since
      ? query.where('participant.screened_on', '>=', since.screenedOn)
      : query
          .where('allocation.study_id', '=', reach.study)
          .where('allocation.allocated_at', '>=', since.allocatedAt)
  ).execute();
}

/** How many instruments a visit has under a protocol version. */
export interface Whole {
  version: number;
  instruments: number;
}

/**
 * Those who have forms at the visit, but for those who have all that a version asks.
 * @param whole every version's; one without a version where all ask the same
 */
export async function unfinished(
  db: Connection,
  reach: Reach,
  visit: string,
  whole: number | readonly Whole[],
): Promise<Standing[]> {
  return standings(db, reach)
    .innerJoin('visit_tally', 'visit_tally.participant_id', 'participant.id')
    .leftJoin('visit_booking', (join) =>
      join.onRef('visit_booking.participant_id', '=', 'participant.id').on('visit_booking.visit', '=', visit),
    )
    .select([
      'visit_booking.booked_for',
      'visit_tally.begun',
      'visit_tally.complete',
      'visit_tally.lowest_version',
      'visit_tally.highest_version',
    ])
    .where('visit_tally.study_id', '=', reach.study)
    .where('visit_tally.visit', '=', visit)
    .where((eb) =>
      typeof whole === 'number'
        ? eb.or([eb('visit_tally.complete', '<', whole), eb('visit_tally.complete', '>', whole)])
        : eb.not(
            eb.or(
              whole.map(({ version, instruments }) =>
                eb.and([
                  eb('visit_tally.complete', '=', instruments),
                  eb('visit_tally.lowest_version', '=', version),
                  eb('visit_tally.highest_version', '=', version),
                ]),
              ),
            ),
          ),
    )
    .execute();
}

/** Whose unscheduled visits may be open: begun and not finished, or of these days or later and not begun. */
export async function openUnscheduled(
  db: Connection,
  { study, sites }: Reach,
  since: string,
): Promise<string[]> {
  let query = db
    .selectFrom('unscheduled_visit as extra')
    // Crossed, so that SQLite begins with the few unscheduled visits and not with everybody.
    .crossJoin('participant')
    .whereRef('participant.id', '=', 'extra.participant_id')
    .leftJoin('visit_tally', (join) =>
      join
        .onRef('visit_tally.participant_id', '=', 'extra.participant_id')
        .on('visit_tally.visit', '=', sql<string>`'unscheduled-' || extra.number`),
    )
    .select('participant.id')
    .distinct()
    .where('participant.study_id', '=', study)
    .where((eb) =>
      eb.or([
        eb.and([eb('visit_tally.visit', 'is', null), eb('extra.on_day', '>=', since)]),
        // A list of identifiers in JSON has two quotation marks for each.
        eb(
          'visit_tally.complete',
          '<>',
          sql<number>`(length(extra.instruments) - length(replace(extra.instruments, '"', ''))) / 2`,
        ),
      ]),
    );
  if (sites !== null) query = query.where('participant.site', 'in', [...sites]);
  return (await query.execute()).map(({ id }) => id);
}
