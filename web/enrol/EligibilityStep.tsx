import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import {
  confirmEligibility,
  listParticipants,
  type ParticipantView,
  readParticipant,
} from '../../server/participants/contract.ts';
import { checkReadiness } from '../../server/randomisation/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { eligibilityFromScreening, judgeEligibility } from '../../server/studies/rules.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { fullStamp } from '../time.ts';
import { CloseEnrolment } from './CloseEnrolment.tsx';
import { CorrectAnswers } from './CorrectAnswers.tsx';
import css from './enrol.module.css';
import { StepCard } from './StepCard.tsx';
import { exclusionWords } from './words.ts';

interface Props {
  study: string;
  document: StudyDocument;
  person: ParticipantView;
  may: boolean;
  takesFocus: boolean;
}

const kinds = [
  { kind: 'inclusion', title: t('Has to hold') },
  { kind: 'exclusion', title: t('Must not hold') },
] as const;

/** Every criterion gets its own yes or no; a value from screening answers its criterion by itself. */
export function EligibilityStep({ study, document, person, may, takesFocus }: Props) {
  const settled = eligibilityFromScreening(document, person.values);
  const [answers, setAnswers] = useState<Record<string, boolean>>({
    ...settled,
    ...person.eligibility?.answers,
  });
  const confirm = useCall(confirmEligibility, {
    invalidates: [readParticipant, checkReadiness, listParticipants],
  });
  const closed = person.status === 'excluded';
  const mayChange = may && (person.status === 'screening' || person.status === 'eligible' || closed);
  const recorded = person.eligibility?.answers;
  const changed = !recorded || document.eligibility.some(({ id }) => recorded[id] !== answers[id]);
  const { open, against } = judgeEligibility(document, answers);
  const submit = () =>
    confirm.mutate({
      params: { study, participant: person.code },
      body: { version: person.version, answers },
    });
  return (
    <StepCard
      title={
        closed
          ? t('{code} is not enrolled', { code: person.code })
          : t('Eligibility of {code}', { code: person.code })
      }
      lead={
        closed
          ? `${exclusionWords(document, person.exclusionReason)}. ${t('A criterion that was recorded wrongly can still be corrected.')}`
          : person.eligibility
            ? t('Confirmed by {confirmedBy}, {confirmedAt}.', {
                confirmedBy: person.eligibility.confirmedBy,
                confirmedAt: fullStamp(person.eligibility.confirmedAt),
              })
            : t('Step 2 of 6. Each criterion is answered and kept on its own.')
      }
      takesFocus={takesFocus}
    >
      <div className={css.fields}>
        {kinds.map(({ kind, title }) => {
          const criteria = document.eligibility.filter((criterion) => criterion.kind === kind);
          return (
            criteria.length > 0 && (
              <section key={kind} className={css.box}>
                <h2>
                  {title}
                  <span>
                    {t('{criteria, plural, one {# criterion} other {# criteria}}', {
                      criteria: criteria.length,
                    })}
                  </span>
                </h2>
                {criteria.map((criterion) => {
                  const field = document.screening.fields.find(({ id }) => id === criterion.field);
                  const known = criterion.id in settled && field;
                  return (
                    <fieldset
                      key={criterion.id}
                      className={css.criterion}
                      data-against={against.includes(criterion.id) || undefined}
                    >
                      <legend>
                        {criterion.text}
                        {known && (
                          <small>
                            {t('{label} {values}, from screening', {
                              label: field.label,
                              values: person.values[field.id],
                            })}
                          </small>
                        )}
                      </legend>
                      <div className={css.choice}>
                        {[true, false].map((holds) => (
                          <label
                            key={String(holds)}
                            data-chosen={answers[criterion.id] === holds || undefined}
                          >
                            <input
                              type="radio"
                              name={`criterion-${criterion.id}`}
                              checked={answers[criterion.id] === holds}
                              disabled={!mayChange}
                              onChange={() => setAnswers((before) => ({ ...before, [criterion.id]: holds }))}
                            />
                            {holds ? t('Yes') : t('No')}
                          </label>
                        ))}
                      </div>
                    </fieldset>
                  );
                })}
              </section>
            )
          );
        })}
        {against.length > 0 && mayChange && changed && (
          <div className="note wrn">
            <IconAlertTriangle className="ic" aria-hidden />
            <div>
              <strong>
                {t(
                  '{criteriaSpeak, plural, one {# criterion speaks} other {# criteria speak}} against enrolment.',
                  { criteriaSpeak: against.length },
                )}
              </strong>{' '}
              {t('Saving closes {code} as not enrolled; the answers are kept.', { code: person.code })}
            </div>
          </div>
        )}
        <Refusal cause={confirm.error} />
        {mayChange && (changed || closed) && (
          <div className="row wrap">
            <button
              type="button"
              className={`btn lg ${against.length > 0 && changed ? 'dng' : 'pri'}`}
              disabled={open.length > 0 || confirm.isPending || (closed && !changed && against.length > 0)}
              onClick={submit}
            >
              {against.length > 0 ? t('Save as not eligible') : t('Confirm eligibility')}
            </button>
            <span className="small mute">
              {open.length > 0
                ? t('{open} of {eligibility} still to answer.', {
                    open: open.length,
                    eligibility: document.eligibility.length,
                  })
                : t('{eligibility} of {eligibility} answered.', { eligibility: document.eligibility.length })}
            </span>
          </div>
        )}
        {Object.keys(settled).length > 0 && <CorrectAnswers person={person} />}
        {may && !closed && <CloseEnrolment study={study} document={document} person={person} />}
      </div>
    </StepCard>
  );
}
