import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { type ParticipantView, readParticipant } from '../../server/participants/contract.ts';
import { checkReadiness, type Slip } from '../../server/randomisation/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { keyOf, useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { useMay, useSessionStudy, useStudyUnder } from '../session.ts';
import { Aside } from './Aside.tsx';
import { BaselineStep } from './BaselineStep.tsx';
import { CheckStep } from './CheckStep.tsx';
import { ConsentStep } from './ConsentStep.tsx';
import { EligibilityStep } from './EligibilityStep.tsx';
import css from './enrol.module.css';
import { RandomiseStep } from './RandomiseStep.tsx';
import { Result } from './Result.tsx';
import { Screened } from './Screened.tsx';
import { StepList } from './StepList.tsx';
import { currentStep, isDone, type Step, steps } from './steps.ts';

/**
 * Enrolment of one person, resumed at the step where it stands, under the protocol version that is active at the
 * person's site. `asked` is a step of the address.
 */
export function Wizard({ id, code, asked }: { id: string; code: string; asked: string | undefined }) {
  const place = { study: id, participant: code };
  const person = useEndpoint(readParticipant, { params: place });
  const readiness = useEndpoint(checkReadiness, { params: place }, { staleTime: 0 });
  const protocol = useStudyUnder(person.data?.studyVersion);
  const navigate = useNavigate();
  if (person.error) return <Refusal cause={person.error} retry={() => void person.refetch()} />;
  if (protocol.error) return <Refusal cause={protocol.error} retry={() => void protocol.refetch()} />;
  if (!person.data || !protocol.data || (readiness.isPending && !readiness.error))
    return <Late label={t('Loading the enrolment')} rows={6} />;
  const current = currentStep(person.data, readiness.data);
  const wanted = steps.find((step) => step === asked);
  const shown = wanted && (isDone(wanted, current, person.data) || wanted === current) ? wanted : current;
  const show = (step: Step) =>
    void navigate({
      to: '/s/$study/enrol/$participant',
      params: place,
      search: step === current ? {} : { step },
    });
  return (
    <Steps
      key={code}
      study={protocol.data}
      person={person.data}
      readiness={readiness}
      current={current}
      shown={shown}
      onShow={show}
    />
  );
}

interface StepsProps {
  study: StudyView;
  person: ParticipantView;
  readiness: ReturnType<typeof useEndpoint<typeof checkReadiness>>;
  current: Step;
  shown: Step;
  onShow(step: Step): void;
}

function Steps({ study, person, readiness, current, shown, onShow }: StepsProps) {
  const may = useMay();
  const client = useQueryClient();
  const blinded = useSessionStudy()?.blinded ?? true;
  const [slip, setSlip] = useState<Slip | null>(null);
  const first = useRef(true);
  useEffect(() => {
    first.current = false;
  }, []);
  const takesFocus = !first.current;
  const mayEnrol = may('participants.enrol');
  const randomised = (result: Slip) => {
    setSlip(result);
    void client.invalidateQueries({ queryKey: keyOf(readParticipant) });
    void client.invalidateQueries({ queryKey: keyOf(checkReadiness) });
  };
  const shared = { study: study.id, document: study.document, person, may: mayEnrol, takesFocus };
  const key = `${shown} ${person.version}`;

  return (
    <div className={css.layout}>
      <StepList person={person} readiness={readiness.data} current={current} shown={shown} onShow={onShow} />
      <div>
        {shown === 'screen' && <Screened key={key} study={study} person={person} takesFocus={takesFocus} />}
        {shown === 'eligibility' && <EligibilityStep key={key} {...shared} />}
        {shown === 'consent' && <ConsentStep key={key} {...shared} />}
        {shown === 'baseline' && (
          <BaselineStep key={shown} study={study} person={person} takesFocus={takesFocus} />
        )}
        {readiness.error && <Refusal cause={readiness.error} retry={() => void readiness.refetch()} />}
        {shown === 'check' && readiness.data && (
          <CheckStep
            key={key}
            study={study.id}
            participant={person.code}
            readiness={readiness.data}
            takesFocus={takesFocus}
            onShow={onShow}
          />
        )}
        {shown === 'randomise' && !person.randomised && readiness.data && (
          <RandomiseStep
            key={key}
            study={study.id}
            participant={person.code}
            readiness={readiness.data}
            mayRandomise={may('participants.randomise')}
            takesFocus={takesFocus}
            onRandomised={randomised}
          />
        )}
        {shown === 'randomise' && person.randomised && (
          <Result
            key={key}
            study={study.id}
            person={person}
            readiness={readiness.data}
            takesFocus={takesFocus}
          />
        )}
      </div>
      {shown === 'randomise' && (
        <Aside study={study} person={person} blinded={blinded} slip={slip} onSlip={setSlip} />
      )}
    </div>
  );
}
