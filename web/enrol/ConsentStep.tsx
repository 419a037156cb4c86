import { useState } from 'react';
import { recordConsent } from '../../server/consent/contract.ts';
import {
  listParticipants,
  type ParticipantView,
  readParticipant,
} from '../../server/participants/contract.ts';
import { checkReadiness } from '../../server/randomisation/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { fullDay, fullStamp, localDay } from '../time.ts';
import { CloseEnrolment } from './CloseEnrolment.tsx';
import css from './enrol.module.css';
import { StepCard } from './StepCard.tsx';

interface Props {
  study: string;
  document: StudyDocument;
  person: ParticipantView;
  may: boolean;
  takesFocus: boolean;
}

/** Which version of the consent form was signed, and when. The signed paper stays at the site. */
export function ConsentStep({ study, document, person, may, takesFocus }: Props) {
  const today = localDay(new Date().toISOString());
  const versions = [...document.consent.versions].sort((a, b) => b.approved.localeCompare(a.approved));
  const [version, setVersion] = useState(person.consent?.version ?? versions[0]!.version);
  const [signedOn, setSignedOn] = useState<string | null>(person.consent?.signedOn ?? today);
  const record = useCall(recordConsent, { invalidates: [readParticipant, checkReadiness, listParticipants] });
  const chosen = versions.find((one) => one.version === version);
  const problem = problemOf(signedOn, chosen?.approved, person.screenedOn, today);
  const mayChange = may && (person.status === 'eligible' || person.status === 'consented');
  const changed = person.consent?.version !== version || person.consent.signedOn !== signedOn;
  const submit = () =>
    signedOn &&
    record.mutate({
      params: { study, participant: person.code },
      body: { version: person.version, consentVersion: version, signedOn },
    });
  return (
    <StepCard
      title={t('Consent of {code}', { code: person.code })}
      lead={
        person.consent
          ? t('Recorded by {recordedBy}, {recordedAt}.', {
              recordedBy: person.consent.recordedBy,
              recordedAt: fullStamp(person.consent.recordedAt),
            })
          : t('Step 3 of 6. The signed form stays at the site; here stand its version and its day.')
      }
      takesFocus={takesFocus}
    >
      <div className={css.fields}>
        <fieldset disabled={!mayChange}>
          <legend className="lab">{t('Version of the consent form')}</legend>
          <div className={css.versions}>
            {versions.map((one, index) => (
              <label key={one.version} data-chosen={one.version === version || undefined}>
                <input
                  type="radio"
                  name="consent-version"
                  checked={one.version === version}
                  onChange={() => setVersion(one.version)}
                />
                <span>
                  {t('Version {version}', { version: one.version })}
                  <small>
                    {t('Approved {approved}', { approved: fullDay(one.approved) })}
                    {index === 0 && t(', in force')}
                  </small>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <DayInput
          label={t('Signed on')}
          value={signedOn}
          onChange={setSignedOn}
          minDate={person.screenedOn}
          maxDate={today}
          disabled={!mayChange}
          error={problem ?? undefined}
          className={css.short}
        />
        <Refusal cause={record.error} />
        {mayChange && (
          <div className="row wrap">
            <button
              type="button"
              className="btn pri lg"
              disabled={problem !== null || !changed || record.isPending}
              onClick={submit}
            >
              {person.consent ? t('Change the record') : t('Record consent')}
            </button>
          </div>
        )}
        {may && <CloseEnrolment study={study} document={document} person={person} />}
      </div>
    </StepCard>
  );
}

function problemOf(
  signedOn: string | null,
  approved: string | undefined,
  screenedOn: string,
  today: string,
): string | null {
  if (signedOn === null) return t('Give the day on which the form was signed.');
  if (signedOn > today) return t('The day of signing is in the future.');
  if (signedOn < screenedOn)
    return t('Before the day of screening, {screenedOn}.', { screenedOn: fullDay(screenedOn) });
  return approved && signedOn < approved
    ? t('This version was approved later, on {approved}.', { approved: fullDay(approved) })
    : null;
}
