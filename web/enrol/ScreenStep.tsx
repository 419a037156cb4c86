import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { listParticipants, screenParticipant } from '../../server/participants/contract.ts';
import { useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import type { Site } from '../parts/naming.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { useStudyUnder } from '../session.ts';
import { localDay } from '../time.ts';
import { Choice } from './Choice.tsx';
import { Duplicate } from './Duplicate.tsx';
import css from './enrol.module.css';
import { IdentityFields } from './IdentityFields.tsx';
import { duplicateOf, identityOf, noIdentity, problemsOfIdentity } from './identity.ts';
import { dropKey, keptKey } from './keptKey.ts';
import { ScreeningFields } from './ScreeningFields.tsx';
import { StepCard } from './StepCard.tsx';
import { problemsOf, type Typed, valuesOf } from './screening.ts';
import { useFirstWrong } from './useFirstWrong.ts';

interface Props {
  study: string;
  /** Site → the protocol version that is active there. */
  versions: Readonly<Record<string, number>>;
  sites: readonly Site[];
}

/** Registers a screened person; the reply is the participant ID, and from there on everything has a place. */
export function ScreenStep({ study, versions, sites }: Props) {
  const navigate = useNavigate();
  const today = localDay(new Date().toISOString());
  const [site, setSite] = useState(sites.length === 1 ? sites[0]!.id : '');
  const [screenedOn, setScreenedOn] = useState<string | null>(today);
  const [typed, setTyped] = useState<Typed>({});
  const [identity, setIdentity] = useState(noIdentity);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const toFirstWrong = useFirstWrong(form);
  const screen = useCall(screenParticipant, { invalidates: [listParticipants] });

  // Before a site is chosen, the questions of the newest version that is active at one of the sites stand here.
  const newest = Math.max(...sites.flatMap(({ id }) => versions[id] ?? []));
  const protocol = useStudyUnder(versions[site] ?? (Number.isFinite(newest) ? newest : undefined));
  const fields = protocol.data?.document.screening.fields ?? [];
  const problems = problemsOf(fields, typed);
  const wrong = { ...problems, ...problemsOfIdentity(identity) };
  const ready =
    protocol.data !== undefined && site !== '' && screenedOn !== null && Object.keys(wrong).length === 0;
  const submit = (anotherPerson = false) => {
    setTried(true);
    if (!ready || screenedOn === null) {
      toFirstWrong();
      return;
    }
    const place = `screen/${study}`;
    screen.mutate(
      {
        params: { study },
        body: {
          key: keptKey(place),
          site,
          screenedOn,
          values: valuesOf(fields, typed),
          identity: identityOf(identity, anotherPerson),
        },
      },
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
  const duplicate = duplicateOf(screen.error);
  return (
    <StepCard
      title={t('Screen a person')}
      lead={t('Step 1 of 6. No name is asked for: the person gets a participant ID.')}
      takesFocus={false}
    >
      <form
        className={css.fields}
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {sites.length > 1 && (
          <Choice
            legend={t('Site')}
            name="site"
            options={sites.map(({ id, name }) => ({ value: id, label: name }))}
            value={site}
            error={tried && site === '' ? t('Choose the site.') : undefined}
            onChange={setSite}
          />
        )}
        <DayInput
          label={t('Day of screening')}
          value={screenedOn}
          onChange={setScreenedOn}
          maxDate={today}
          error={tried && screenedOn === null ? t('Give the day of screening.') : undefined}
          className={css.short}
        />
        <ScreeningFields
          fields={fields}
          typed={typed}
          problems={tried ? problems : {}}
          onChange={(field, to) => setTyped((before) => ({ ...before, [field]: to }))}
        />
        <IdentityFields typed={identity} today={today} tried={tried} onChange={setIdentity} />
        {duplicate ? (
          <Duplicate study={study} {...duplicate} busy={screen.isPending} onAnother={() => submit(true)} />
        ) : (
          <Refusal
            cause={screen.error ?? protocol.error}
            retry={() =>
              protocol.error
                ? void protocol.refetch()
                : submit(screen.variables?.body.identity?.anotherPerson)
            }
          />
        )}
        <div className="row">
          <button type="submit" className="btn pri lg" disabled={screen.isPending}>
            {t('Save and go on')}
          </button>
        </div>
      </form>
    </StepCard>
  );
}
