import { useState } from 'react';
import {
  addHarm,
  correctHarm,
  type HarmContent,
  type HarmView,
  harmVersions,
  listHarms,
  type Seriousness,
  summariseHarms,
} from '../../server/harms/contract.ts';
import { readHistory } from '../../server/participants/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useRoles, useStudyId } from '../session.ts';
import { clock, localDay } from '../time.ts';
import { PartialDayField, RadioField, ReasonField, SelectField, TextField } from './Fields.tsx';
import {
  actionWords,
  expectednessWords,
  optionsOf,
  outcomeWords,
  relatednessWords,
  seriousWords,
  severityWords,
} from './words.ts';

/** Severity and relatedness are judged by a person: nothing is chosen beforehand. */
type Draft = Omit<HarmContent, 'severity' | 'relatedness'> & {
  severity: HarmContent['severity'] | null;
  relatedness: HarmContent['relatedness'] | null;
};

const empty: Draft = {
  term: '',
  onset: '',
  end: null,
  ongoing: false,
  serious: [],
  awareAt: null,
  severity: null,
  relatedness: null,
  expectedness: 'not-judged',
  action: 'none',
  outcome: 'unknown',
  narrative: '',
};

/** An adverse event, new or corrected. Relatedness is asked about whatever the participant gets, never about an arm. */
export default function HarmDialog({
  participant,
  harm,
  onClose,
}: {
  participant: string;
  harm?: HarmView;
  onClose: () => void;
}) {
  const study = useStudyId();
  const judges = useRoles().includes('investigator');
  const invalidates = [listHarms, summariseHarms, harmVersions, readWorklist, readHistory];
  const add = useCall(addHarm, { invalidates });
  const correct = useCall(correctHarm, { invalidates });
  const [key] = useState(newKey);
  const [content, setContent] = useState<Draft>(harm?.content ?? empty);
  const [reason, setReason] = useState('');
  const set = (patch: Partial<Draft>) => setContent((old) => ({ ...old, ...patch }));
  const serious = content.serious.length > 0;
  const act = () => {
    if (!isJudged(content)) return;
    const done = { onSuccess: onClose };
    if (harm)
      correct.mutate(
        { params: { study, record: harm.id }, body: { version: harm.version, reason, content } },
        done,
      );
    else add.mutate({ params: { study, participant }, body: { key, content } }, done);
  };
  const tick = (one: Seriousness, on: boolean) => {
    const next = on ? [...content.serious, one] : content.serious.filter((other) => other !== one);
    const awareAt = next.length === 0 ? null : (content.awareAt ?? new Date().toISOString());
    set({ serious: next, awareAt });
  };
  return (
    <Dialog
      title={
        <>
          {harm ? t('Correct an adverse event of') : t('Record an adverse event of')}{' '}
          <span className="code">{participant}</span>
        </>
      }
      act={harm ? t('Save the correction') : t('Record it')}
      busy={
        add.isPending ||
        correct.isPending ||
        content.term.trim().length < 3 ||
        content.onset === '' ||
        !isJudged(content) ||
        (harm !== undefined && reason.trim().length < 3)
      }
      cause={add.error ?? correct.error}
      onAct={act}
      onClose={onClose}
    >
      <TextField
        label={t('What happened')}
        hint={t('As the investigator calls it. No names or numbers that identify the person.')}
        value={content.term}
        onChange={(term) => set({ term })}
        most={200}
        required
      />
      <div className="two even">
        <PartialDayField
          label={t('Onset')}
          value={content.onset || null}
          onChange={(onset) => set({ onset: onset ?? '' })}
          required
        />
        {!content.ongoing && (
          <PartialDayField
            label={t('End', { sense: 'day' })}
            value={content.end}
            onChange={(end) => set({ end })}
          />
        )}
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={content.ongoing}
          onChange={(event) => set({ ongoing: event.currentTarget.checked, end: null })}
        />
        {t('It is ongoing')}
      </label>
      <fieldset>
        <legend className="lab">{t('Serious if any of these holds (ICH E2A)')}</legend>
        {optionsOf(seriousWords).map(({ id, label }) => (
          <label key={id} className="check">
            <input
              type="checkbox"
              checked={content.serious.includes(id)}
              onChange={(event) => tick(id, event.currentTarget.checked)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      {serious && <Aware at={content.awareAt} onChange={(awareAt) => set({ awareAt })} />}
      <div className="two even">
        <SelectField
          label={t('Severity')}
          value={String(content.severity ?? '')}
          none={content.severity === null ? t('Choose') : undefined}
          onChange={(severity) => set({ severity: severity === '' ? null : Number(severity) })}
          options={severityWords
            .slice(1)
            .map((label, index) => ({ id: String(index + 1), label: `${index + 1} ${label}` }))}
        />
        <SelectField
          label={t('Outcome', { sense: 'harm' })}
          value={content.outcome}
          onChange={(outcome) => set({ outcome })}
          options={optionsOf(outcomeWords)}
        />
      </div>
      <RadioField
        label={t('Related to what the participant gets in the study?')}
        value={content.relatedness}
        onChange={(relatedness) => set({ relatedness })}
        options={optionsOf(relatednessWords)}
      />
      <div className="two even">
        <SelectField
          label={t('Expectedness')}
          hint={judges ? undefined : t('An investigator judges it.')}
          value={content.expectedness}
          disabled={!judges}
          onChange={(expectedness) => set({ expectedness })}
          options={optionsOf(expectednessWords)}
        />
        <SelectField
          label={t('Study treatment was')}
          value={content.action}
          onChange={(action) => set({ action })}
          options={optionsOf({ ...actionWords, none: t('Not changed') })}
        />
      </div>
      <TextField
        label={t('Narrative')}
        value={content.narrative}
        onChange={(narrative) => set({ narrative })}
        most={4000}
        rows={4}
      />
      {harm && <ReasonField value={reason} onChange={setReason} />}
    </Dialog>
  );
}

const isJudged = (content: Draft): content is HarmContent =>
  content.severity !== null && content.relatedness !== null;

/** When the site became aware: the day and the time of the reader's own clock. */
function Aware({ at, onChange }: { at: string | null; onChange: (at: string | null) => void }) {
  const start = at ?? new Date().toISOString();
  const [day, setDay] = useState<string | null>(localDay(start));
  const [time, setTime] = useState(clock(start));
  const put = (nextDay: string | null, nextTime: string) => {
    setDay(nextDay);
    setTime(nextTime);
    const moment =
      nextDay && /^([01]\d|2[0-3]):[0-5]\d$/.test(nextTime) ? new Date(`${nextDay}T${nextTime}:00`) : null;
    onChange(moment ? moment.toISOString() : null);
  };
  return (
    <>
      <div className="two">
        <DayInput
          label={t('The site became aware on')}
          value={day}
          onChange={(next) => put(next, time)}
          maxDate={localDay(new Date().toISOString())}
        />
        <TextField label={t('At')} value={time} onChange={(next) => put(day, next)} most={5} required />
      </div>
      <p className="note wrn">{t('It is to be with the sponsor within 24 hours of that.')}</p>
    </>
  );
}
