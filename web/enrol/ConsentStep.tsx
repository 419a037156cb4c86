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
      title={`Consent of ${person.code}`}
      lead={
        person.consent
          ? `Recorded by ${person.consent.recordedBy}, ${fullStamp(person.consent.recordedAt)}.`
          : 'Step 3 of 6. The signed form stays at the site; here stand its version and its day.'
      }
      takesFocus={takesFocus}
    >
      <div className={css.fields}>
        <fieldset disabled={!mayChange}>
          <legend className="lab">Version of the consent form</legend>
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
                  Version {one.version}
                  <small>
                    Approved {fullDay(one.approved)}
                    {index === 0 && ', in force'}
                  </small>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <DayInput
          label="Signed on"
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
              {person.consent ? 'Change the record' : 'Record consent'}
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
  if (signedOn === null) return 'Give the day on which the form was signed.';
  if (signedOn > today) return 'The day of signing is in the future.';
  if (signedOn < screenedOn) return `Before the day of screening, ${fullDay(screenedOn)}.`;
  return approved && signedOn < approved ? `This version was approved later, on ${fullDay(approved)}.` : null;
}
