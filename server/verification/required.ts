import { groupBy } from '../grouped.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Placement } from '../randomisation/store.ts';
import { studyAt } from '../studies/at.ts';
import type { Study } from '../studies/study.ts';
import { drawOf } from './draw.ts';
import { type Required, requiredOf } from './rules.ts';

/**
 * What the sampling plan asks of each randomised participant, by participant: the plan of the protocol version that is
 * active at the site. Nobody of a site whose version has no plan is there.
 *
 * @param placements of the whole study, in the order of allocation: it decides who was first at a site
 */
export function requirements(
  study: Study,
  participants: readonly Pick<ParticipantRecord, 'id' | 'code' | 'site'>[],
  placements: readonly Pick<Placement, 'participant_id'>[],
): Map<string, Required> {
  const order = new Map(placements.map(({ participant_id }, index) => [participant_id, index]));
  const randomised = participants
    .filter((one) => order.has(one.id))
    .sort((a, b) => order.get(a.id)! - order.get(b.id)!);
  return new Map(
    [...groupBy(randomised, ({ site }) => site)].flatMap(([site, local]) => {
      const plan = studyAt(study, site).document.verification;
      if (!plan) return [];
      return local.map((one, rank): [string, Required] => [
        one.id,
        requiredOf(plan, rank, (rule) => drawOf(`${study.id} ${plan.seed}`, rule.id, one.code)),
      ]);
    }),
  );
}
