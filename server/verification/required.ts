import { groupBy } from '../grouped.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Placement } from '../randomisation/store.ts';
import type { Study } from '../studies/study.ts';
import { drawOf } from './draw.ts';
import { type Required, requiredOf } from './rules.ts';

/**
 * What the sampling plan asks of each randomised participant, by participant. Empty where the protocol has no plan.
 *
 * @param placements of the whole study, in the order of allocation: it decides who was first at a site
 */
export function requirements(
  { document, id }: Pick<Study, 'document' | 'id'>,
  participants: readonly Pick<ParticipantRecord, 'id' | 'code' | 'site'>[],
  placements: readonly Pick<Placement, 'participant_id'>[],
): Map<string, Required> {
  const plan = document.verification;
  if (!plan) return new Map();
  const order = new Map(placements.map(({ participant_id }, index) => [participant_id, index]));
  const randomised = participants
    .filter((one) => order.has(one.id))
    .sort((a, b) => order.get(a.id)! - order.get(b.id)!);
  return new Map(
    [...groupBy(randomised, ({ site }) => site).values()].flatMap((local) =>
      local.map((one, rank) => [
        one.id,
        requiredOf(plan, rank, (rule) => drawOf(`${id} ${plan.seed}`, rule.id, one.code)),
      ]),
    ),
  );
}
