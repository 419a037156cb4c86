import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { listParticipants, screenParticipant } from '../../server/participants/contract.ts';
import type { ScreeningField, StudyDocument } from '../../server/studies/document.ts';
import { useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { readNumber } from '../forms/readNumber.ts';
import type { Site } from '../parts/naming.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { localDay } from '../time.ts';
import { Choice } from './Choice.tsx';
import css from './enrol.module.css';
import { dropKey, keptKey } from './keptKey.ts';
import { StepCard } from './StepCard.tsx';

interface Props {
  study: string;
  document: StudyDocument;
  sites: readonly Site[];
}

/** Registers a screened person; the reply is the participant ID, and from there on everything has a place. */
export function ScreenStep({ study, document, sites }: Props) {
  const navigate = useNavigate();
  const today = localDay(new Date().toISOString());
  const [site, setSite] = useState(sites.length === 1 ? sites[0]!.id : '');
  const [screenedOn, setScreenedOn] = useState<string | null>(today);
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [tried, setTried] = useState(false);
  const screen = useCall(screenParticipant, { invalidates: [listParticipants] });

  const { fields } = document.screening;
  const problems = Object.fromEntries(
    fields.flatMap((field) => {
      const problem = problemOf(field, typed[field.id] ?? '');
      return problem ? [[field.id, problem]] : [];
    }),
  );
  const ready = site !== '' && screenedOn !== null && Object.keys(problems).length === 0;
  const submit = () => {
    setTried(true);
    if (!ready || screenedOn === null) return;
    const values = Object.fromEntries(
      fields.map((field) => [field.id, storedValue(field, typed[field.id] ?? '')]),
    );
    const place = `screen/${study}`;
    screen.mutate(
      { params: { study }, body: { key: keptKey(place), site, screenedOn, values } },
      {
        onSuccess: ({ code }) => {
          dropKey(place);
          void navigate({ to: '/s/$study/enrol/$participant', params: { study, participant: code } });
        },
        // A refusal wrote nothing: the corrected request is another act.
        onError: (error) => error.name === 'Refused' && dropKey(place),
      },
    );
  };
  return (
    <StepCard
      title="Screen a person"
      lead="Step 1 of 6. No name is asked for: the person gets a participant ID."
      takesFocus={false}
    >
      <form
        className={css.fields}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {sites.length > 1 && (
          <Choice
            legend="Site"
            name="site"
            options={sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={site}
            error={tried && site === '' ? 'Choose the site.' : undefined}
            onChange={setSite}
          />
        )}
        <DayInput
          label="Day of screening"
          value={screenedOn}
          onChange={setScreenedOn}
          maxDate={today}
          error={tried && screenedOn === null ? 'Give the day of screening.' : undefined}
          className={css.short}
        />
        {fields.map((field) => {
          const value = typed[field.id] ?? '';
          const error = tried ? problems[field.id] : undefined;
          const set = (to: string) => setTyped((before) => ({ ...before, [field.id]: to }));
          if (field.kind === 'choice') {
            return (
              <Choice
                key={field.id}
                legend={field.label}
                name={field.id}
                options={field.options}
                value={value}
                error={error}
                onChange={set}
              />
            );
          }
          return (
            <div key={field.id}>
              <label className="lab" htmlFor={`field-${field.id}`}>
                {field.label}
                {field.unit && <span className="mute">, {field.unit}</span>}
              </label>
              <input
                id={`field-${field.id}`}
                className={`inp ${css.short}`}
                inputMode="decimal"
                value={value}
                aria-invalid={error !== undefined}
                aria-describedby={error ? `error-${field.id}` : undefined}
                onChange={(event) => set(event.target.value)}
              />
              {error && (
                <p className="field-error" id={`error-${field.id}`}>
                  {error}
                </p>
              )}
            </div>
          );
        })}
        <Refusal cause={screen.error} retry={submit} />
        <div className="row">
          <button type="submit" className="btn pri lg" disabled={screen.isPending}>
            Save and go on
          </button>
        </div>
      </form>
    </StepCard>
  );
}

function problemOf(field: ScreeningField, typed: string): string | null {
  if (typed.trim() === '') return field.kind === 'choice' ? 'Choose one.' : `${field.label} has no value.`;
  if (field.kind === 'choice') return null;
  const number = readNumber(typed);
  if (number === null) return `“${typed}” is not a number.`;
  if (number > field.max) return `${field.label} ${typed} is above the maximum, ${field.max}.`;
  return number < field.min ? `${field.label} ${typed} is below the minimum, ${field.min}.` : null;
}

const storedValue = (field: ScreeningField, typed: string): string | number =>
  field.kind === 'choice' ? typed : (readNumber(typed) ?? Number.NaN);
