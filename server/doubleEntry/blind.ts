import type { Connection } from '../db/database.ts';
import { notAllowed } from '../errors.ts';
import type { Caller } from '../services.ts';
import { openPlacesOf } from './store.ts';

const placeKey = (participant: string, visit: string, instrument: string): string =>
  `${participant} ${visit} ${instrument}`;

/**
 * Refuses the first entry of a form to a person whose own second entry of it is open. Costs nothing where the
 * protocol has no double entry.
 */
export async function refuseWhileBlind(
  db: Connection,
  caller: Caller,
  participant: { id: string; code: string },
  place: { visit: { id: string }; instrument: { id: string; short: string } },
): Promise<void> {
  refuseBlind(await blindPlaces(db, caller, [participant.id]), participant, place);
}

/** The same where the blind places are known. */
export function refuseBlind(
  blind: Blind,
  participant: { id: string; code: string },
  place: { visit: { id: string }; instrument: { id: string; short: string } },
): void {
  if (blind(participant.id, place.visit.id, place.instrument.id))
    throw notAllowed(
      `You are entering ${place.instrument.short} of ${participant.code} a second time, blind to the first entry. It opens to you when your entry is complete.`,
    );
}

export type Blind = (participant: string, visit: string | null, instrument: string | null) => boolean;

/** Tells of each form of the participants whether the caller must not see its answers now. */
export async function blindPlaces(
  db: Connection,
  caller: Caller,
  participants: readonly string[],
): Promise<Blind> {
  if (!caller.study.document.doubleEntry) return () => false;
  const open = new Set(
    (await openPlacesOf(db, participants, caller.user.id)).map((place) =>
      placeKey(place.participant_id, place.visit, place.instrument),
    ),
  );
  return (participant, visit, instrument) =>
    visit !== null && instrument !== null && open.has(placeKey(participant, visit, instrument));
}
