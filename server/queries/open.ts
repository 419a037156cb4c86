import { notValid } from '../errors.ts';
import { placeOf } from '../forms/place.ts';
import { once } from '../http/once.ts';
import { findParticipant } from '../participants/find.ts';
import type { Caller, Services } from '../services.ts';
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
  if (input.visit && !caller.study.document.visits.some(({ id }) => id === input.visit))
    throw notValid(`The protocol has no visit “${input.visit}”.`);
  if (input.visit && input.instrument) {
    const { instrument } = placeOf(caller.study, input.visit, input.instrument);
    if (input.item && !instrument.items.some((item) => item.id === input.item))
      throw notValid(`${instrument.short} has no item “${input.item}”.`);
  }
  const { owner = null } = input;
  const id = await once(
    services,
    { user: caller.user, study: caller.study.id, endpoint: 'queries.open', key: input.key, payload: input },
    async (tx) => {
      const participant = await findParticipant(tx, caller, input.participant);
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
