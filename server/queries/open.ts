import type { Transaction } from '../db/database.ts';
import { notValid } from '../errors.ts';
import { findPlace, studyOfForm } from '../forms/place.ts';
import { findForm } from '../forms/store.ts';
import { once } from '../http/once.ts';
import { refuseLocked } from '../locks/refuse.ts';
import { findParticipant } from '../participants/find.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import { studyAt } from '../studies/at.ts';
import { findUnscheduled } from '../visits/store.ts';
import { unscheduledNumber } from '../visits/unscheduled.rules.ts';
import type { Owner } from './contract.ts';
import { insertNumbered } from './insert.ts';
import { ownerInWords } from './owner.ts';
import { viewQuery } from './view.ts';

export interface NewQuery {
  key: string;
  participant: string;
  visit?: string;
  instrument?: string;
  item?: string;
  text: string;
  owner?: Owner;
}

/** A person asks the site about an answer, a form or a participant. */
export async function openQuery(services: Services, caller: Caller, input: NewQuery) {
  if ((input.instrument && !input.visit) || (input.item && !input.instrument))
    throw notValid('An item needs its form, and a form its visit.');
  const { owner = null } = input;
  const id = await once(
    services,
    { user: caller.user, study: caller.study.id, endpoint: 'queries.open', key: input.key, payload: input },
    async (tx) => {
      const participant = await findParticipant(tx, caller, input.participant);
      await refuseLocked(tx, caller, { ...input, participant }, 'answer');
      await checkPlace(tx, caller, participant, input);
      if (owner !== null) await ownerInWords(tx, caller, owner, participant.site);
      return insertNumbered(tx, caller, {
        participant,
        visit: input.visit ?? null,
        instrument: input.instrument ?? null,
        item: input.item ?? null,
        text: input.text,
        cause: null,
        owner,
        at: services.now().toISOString(),
      });
    },
  );
  return viewQuery(services, caller, id);
}

/** Refuses a visit, form or item that the participant can't have, under the version that the form or the site has. */
async function checkPlace(
  tx: Transaction,
  caller: Caller,
  participant: ParticipantRecord,
  { visit, instrument, item }: NewQuery,
): Promise<void> {
  if (!visit) return;
  if (!instrument) {
    const number = unscheduledNumber(visit);
    const known =
      number === null
        ? studyAt(caller.study, participant.site).document.visits.some(({ id }) => id === visit)
        : await findUnscheduled(tx, participant.id, number);
    if (!known) throw notValid(`The protocol has no visit “${visit}”.`);
    return;
  }
  const record = await findForm(tx, participant.id, visit, instrument);
  const study = studyOfForm(caller.study, participant, record);
  const place = await findPlace(tx, study, participant, { visit, instrument });
  if (item && !place.instrument.items.some((one) => one.id === item))
    throw notValid(`${place.instrument.short} has no item “${item}”.`);
}
