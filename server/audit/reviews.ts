import { conflict, notFound, notValid } from '../errors.ts';
import { once } from '../http/once.ts';
import type { Caller, Services } from '../services.ts';
import { today } from '../visits/today.ts';
import { appendAudit } from './append.ts';
import type { Review, ReviewOutcome } from './contract.ts';
import { endPlan, insertPlan, insertReview, plansOf, reviewsOf } from './planned/store.ts';
import { dueOf } from './review.rules.ts';
import { chainEnd } from './store.ts';

/** Plans with when each is due, and reviews, newest first. */
export async function listReviews(services: Services, { study }: Caller) {
  const db = services.db.read;
  const [plans, reviews] = await Promise.all([plansOf(db, study.id), reviewsOf(db, study.id)]);
  const day = today(services);
  return {
    today: day,
    plans: plans.map((plan) => ({
      id: plan.id,
      version: plan.version,
      scope: plan.scope,
      reviewer: plan.reviewer,
      everyDays: plan.every_days,
      endedAt: plan.ended_at,
      ...dueOf(
        { firstDue: plan.first_due, everyDays: plan.every_days, ended: plan.ended_at !== null },
        reviews.filter((one) => one.plan_id === plan.id).map((one) => one.until_day),
        day,
      ),
    })),
    reviews: reviews.map((one) => ({
      id: one.id,
      plan: one.plan_id,
      scope: plans.find((plan) => plan.id === one.plan_id)?.scope ?? null,
      from: one.from_day,
      until: one.until_day,
      lookedAt: one.looked_at,
      outcome: one.outcome as ReviewOutcome,
      findings: one.findings,
      at: one.reviewed_at,
      by: one.reviewer_name,
    })),
  };
}

interface Plan {
  key: string;
  scope: string;
  reviewer: string;
  everyDays: number;
  firstDue: string;
}

export async function planReview(services: Services, caller: Caller, plan: Plan): Promise<{ id: string }> {
  const { key, ...planned } = plan;
  const act = { user: caller.user, study: caller.study.id, endpoint: 'audit.plan', key, payload: plan };
  return once(services, act, async (tx) => {
    const id = crypto.randomUUID();
    const at = services.now().toISOString();
    await insertPlan(tx, {
      id,
      study_id: caller.study.id,
      scope: plan.scope,
      reviewer: plan.reviewer,
      every_days: plan.everyDays,
      first_due: plan.firstDue,
      version: 1,
      planned_at: at,
      planned_by: caller.user.id,
    });
    await appendAudit(tx, caller, at, {
      action: 'audit.plan',
      subject: `study:${caller.study.id}`,
      changesData: false,
      after: planned,
    });
    return { id };
  });
}

export async function endReviewPlan(
  services: Services,
  caller: Caller,
  id: string,
  { version, reason }: { version: number; reason: string },
): Promise<{ version: number }> {
  return services.db.write(async (tx) => {
    const plan = (await plansOf(tx, caller.study.id)).find((one) => one.id === id);
    if (!plan) throw notFound('The plan');
    const at = services.now().toISOString();
    if (plan.ended_at !== null || !(await endPlan(tx, id, version, at, caller.user.id)))
      throw conflict(
        'Somebody changed this plan a moment ago. Nothing of yours was saved; look at it again.',
      );
    await appendAudit(tx, caller, at, {
      action: 'audit.end-plan',
      subject: `study:${caller.study.id}`,
      changesData: false,
      before: { scope: plan.scope },
      reason,
    });
    return { version: version + 1 };
  });
}

/** Records a review, with where the trail ended: a trail that is cut or written anew later no longer fits it. */
export async function recordReview(
  services: Services,
  caller: Caller,
  review: Review,
): Promise<{ id: string }> {
  if (review.from > review.until) throw notValid('The period ends before it begins. Nothing was saved.');
  if (review.until > today(services))
    throw notValid('The period ends after today. Nothing was saved; give the days that were gone through.');
  if (review.outcome !== 'nothing' && review.findings === '')
    throw notValid('Say what was found. Nothing was saved.', [
      { path: 'findings', message: 'Say what was found' },
    ]);
  const { key, ...after } = review;
  const act = { user: caller.user, study: caller.study.id, endpoint: 'audit.review', key, payload: review };
  return once(services, act, async (tx) => {
    if (review.plan !== undefined) {
      const plan = (await plansOf(tx, caller.study.id)).find((one) => one.id === review.plan);
      if (!plan) throw notFound('The plan');
    }
    const id = crypto.randomUUID();
    const at = services.now().toISOString();
    const end = await chainEnd(tx, caller.study.id);
    if (end.seq === null || end.hash === null) throw conflict('The trail has no entry yet.');
    await insertReview(tx, {
      id,
      study_id: caller.study.id,
      plan_id: review.plan ?? null,
      from_day: review.from,
      until_day: review.until,
      looked_at: review.lookedAt,
      outcome: review.outcome,
      findings: review.findings,
      trail_seq: end.seq,
      trail_hash: end.hash,
      reviewed_at: at,
      reviewed_by: caller.user.id,
      reviewer_name: caller.user.name,
    });
    await appendAudit(tx, caller, at, {
      action: 'audit.review',
      subject: `study:${caller.study.id}`,
      changesData: false,
      after,
    });
    return { id };
  });
}
