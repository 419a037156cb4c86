import { t } from '../language/t.ts';
import './audit.css';
import { useState } from 'react';
import { listReviews, type ReviewPlan } from '../../server/audit/contract.ts';
import { useEndpoint } from '../api.ts';
import { EndPlan } from '../parts/audit/EndPlan.tsx';
import { PlanReview } from '../parts/audit/PlanReview.tsx';
import { RecordReview } from '../parts/audit/RecordReview.tsx';
import { outcomes } from '../parts/audit/words.ts';
import { Empty } from '../parts/Empty.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { useMay, useStudyId } from '../session.ts';
import { fullDay } from '../time.ts';

/** Reviews of the audit trail: what is planned, what is overdue, what was found. */
export default function AuditReviews() {
  const study = useStudyId();
  const may = useMay();
  const list = useEndpoint(listReviews, { params: { study } });
  const [planning, setPlanning] = useState(false);
  const [recording, setRecording] = useState<ReviewPlan | null>(null);
  const [ending, setEnding] = useState<ReviewPlan | null>(null);
  const overdue = list.data?.plans.filter((plan) => plan.overdueDays > 0).length ?? 0;
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Audit reviews')}</h1>
          <p>
            {overdue > 0
              ? t('{reviews, plural, one {# review} other {# reviews}} overdue', { reviews: overdue })
              : t('No review is overdue')}
          </p>
        </div>
        <div className="acts">
          {may('audit.plan') && (
            <button type="button" className="btn" onClick={() => setPlanning(true)}>
              {t('Plan reviews')}
            </button>
          )}
        </div>
      </div>
      <Loaded of={list} label={t('reviews')} rows={6}>
        {({ plans, reviews, today }) => (
          <>
            <section className="card" aria-label={t('Plans')}>
              {plans.length === 0 ? (
                <Empty title={t('No review is planned')}>
                  {t('A plan says what of the audit trail is gone through, by whom and how often.')}
                </Empty>
              ) : (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys
                <section className="scroll-x" aria-label={t('Planned reviews')} tabIndex={0}>
                  <table className="table audit stacks">
                    <caption className="vh">{t('Planned reviews')}</caption>
                    <thead>
                      <tr>
                        <th scope="col">{t('What')}</th>
                        <th scope="col">{t('By')}</th>
                        <th scope="col">{t('Every')}</th>
                        <th scope="col">{t('Due')}</th>
                        <th scope="col">
                          <span className="vh">{t('Acts')}</span>
                        </th>
                      </tr>
                    </thead>
                    <tbody>
                      {plans.map((plan) => (
                        <tr key={plan.id}>
                          <td>{plan.scope}</td>
                          <td data-label={t('By')}>{plan.reviewer}</td>
                          <td className="nowrap" data-label={t('Every')}>
                            {t('{days, plural, one {# day} other {# days}}', { days: plan.everyDays })}
                          </td>
                          <td className="nowrap" data-label={t('Due')}>
                            {plan.due === null ? t('Ended') : fullDay(plan.due)}
                            {plan.overdueDays > 0 && (
                              <strong className="role">
                                {t('{days, plural, one {# day} other {# days}} overdue', {
                                  days: plan.overdueDays,
                                })}
                              </strong>
                            )}
                          </td>
                          <td className="acts">
                            {may('audit.review') && plan.due !== null && (
                              <button type="button" className="btn sm" onClick={() => setRecording(plan)}>
                                {t('Record a review')}
                              </button>
                            )}
                            {may('audit.plan') && plan.due !== null && (
                              <button
                                type="button"
                                className="btn sm"
                                aria-label={t('End the plan “{scope}”', { scope: plan.scope })}
                                onClick={() => setEnding(plan)}
                              >
                                {t('End')}
                              </button>
                            )}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </section>
              )}
            </section>
            {reviews.length > 0 && (
              <section className="card audit-done" aria-label={t('Reviews done')}>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the focus to be scrolled by keys */}
                <section className="scroll-x" aria-label={t('Reviews')} tabIndex={0}>
                  <table className="table audit stacks">
                    <caption className="vh">{t('Reviews done, newest first')}</caption>
                    <thead>
                      <tr>
                        <th scope="col">{t('Days')}</th>
                        <th scope="col">{t('By')}</th>
                        <th scope="col">{t('Looked at')}</th>
                        <th scope="col">{t('Found')}</th>
                      </tr>
                    </thead>
                    <tbody>
                      {reviews.map((review) => (
                        <tr key={review.id}>
                          <td className="nowrap">
                            {t('{from} to {until}', {
                              from: fullDay(review.from),
                              until: fullDay(review.until),
                            })}
                          </td>
                          <td className="nowrap" data-label={t('By')}>
                            {review.by}
                          </td>
                          <td data-label={t('Looked at')}>{review.lookedAt}</td>
                          <td data-label={t('Found')}>
                            {outcomes[review.outcome]}
                            {review.findings && <p className="small">{review.findings}</p>}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </section>
              </section>
            )}
            {planning && <PlanReview today={today} onClose={() => setPlanning(false)} />}
            {ending && <EndPlan plan={ending} onClose={() => setEnding(null)} />}
            {recording && <RecordReview plan={recording} today={today} onClose={() => setRecording(null)} />}
          </>
        )}
      </Loaded>
    </>
  );
}
