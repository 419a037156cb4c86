import { IconPlayerPlay } from '@tabler/icons-react';
import { useId } from 'react';
import { type Choice, covariatesOf } from '../../server/analyses/estimand.rules.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { stateInWords } from '../language/recordWords.ts';
import { t } from '../language/t.ts';
import { kindOf, missingWords, takeOutcome, takeWay, visitsOf, wayOf, ways, wholeOf } from './options.ts';
import css from './workbench.module.css';

interface Props {
  document: StudyDocument;
  choice: Choice;
  estimand: string | null;
  seed: number;
  busy: boolean;
  onEstimand: (id: string) => void;
  onChoice: (choice: Choice) => void;
  onSeed: (seed: number) => void;
  onRun: () => void;
  onWhole: () => void;
}

/** What is asked: an analysis of the plan, or a change of it. */
export function Choices(props: Props) {
  const { document, choice, estimand, seed, busy, onEstimand, onChoice, onSeed, onRun, onWhole } = props;
  const whole = wholeOf(document, choice);
  const way = wayOf(document, choice);
  const isBinary = kindOf(document, choice.outcome) !== 'change';
  const fitting = ways.filter((one) => one.for === 'both' || (one.for === 'binary') === isBinary);
  const allowed = (way?.missing ?? [whole.missing.method]).filter(
    (one) => isBinary || one !== 'non-response',
  );
  const missing = allowed.includes(whole.missing.method) ? allowed : [whole.missing.method, ...allowed];
  const visits = visitsOf(document, choice.outcome, whole.estimator.method === 'balance');
  const chosen = 'covariates' in whole.estimator ? whole.estimator.covariates : null;
  const { visit: _, ...rest } = choice;
  return (
    <section className={`card ${css.choices}`} aria-label={t('Choices')}>
      <h2>{t('Choices')}</h2>
      <Select
        label={t('Analysis')}
        value={estimand ?? ''}
        onChange={onEstimand}
        options={[
          ...(estimand === null ? [{ id: '', label: t('Outside the plan') }] : []),
          ...document.estimands.map(({ id, label, role }) => ({
            id,
            label: `${label} (${stateInWords(role)})`,
          })),
        ]}
      />
      <Select
        label={t('Population')}
        value={whole.population}
        onChange={(population) => onChoice({ ...choice, population: population as Choice['population'] })}
        options={[
          { id: 'all-randomised', label: t('All randomised') },
          ...(document.events.some(({ kind }) => kind === 'treatment-start')
            ? [{ id: 'started-treatment', label: t('Started treatment') }]
            : []),
        ]}
      />
      <Select
        label={t('Outcome')}
        value={choice.outcome}
        onChange={(id) => onChoice(takeOutcome(document, choice, id))}
        options={document.outcomes}
      />
      <Select
        label={t('Visit')}
        value={whole.visits.join(' ')}
        onChange={(ids) => onChoice({ ...rest, visits: ids.split(' ') })}
        options={[
          ...visits.map(({ id, label }) => ({ id, label })),
          ...(visits.length > 1
            ? [{ id: visits.map(({ id }) => id).join(' '), label: t('Every visit after baseline') }]
            : []),
        ]}
      />
      <Select
        label={t('Estimator')}
        value={way?.id ?? ''}
        onChange={(id) => onChoice(takeWay(document, choice, ways.find((one) => one.id === id)!))}
        options={[
          ...(way === null
            ? [{ id: '', label: t('As planned: {method}', { method: whole.estimator.method }) }]
            : []),
          ...fitting,
        ]}
      />
      <Select
        label={t('Missing data')}
        value={whole.missing.method}
        onChange={(id) => onChoice({ ...choice, missing: id as Choice['missing'] })}
        options={missing.map((id) => ({ id, label: missingWords[id] }))}
      />
      {chosen !== null && (
        <fieldset className={css.covariates}>
          <legend>{t('Covariates')}</legend>
          {'baseline' in whole.estimator && (
            <Check
              label={t('Baseline score')}
              checked={whole.estimator.baseline}
              onChange={(baseline) =>
                onChoice({ ...choice, estimator: { ...whole.estimator, baseline } as Choice['estimator'] })
              }
            />
          )}
          {covariatesOf(document)
            .filter(({ id }) => id !== 'therapy-group')
            .map(({ id, label }) => (
              <Check
                key={id}
                label={label}
                checked={chosen.includes(id)}
                onChange={(is) =>
                  onChoice({
                    ...choice,
                    estimator: {
                      ...whole.estimator,
                      covariates: is ? [...chosen, id] : chosen.filter((one) => one !== id),
                    } as Choice['estimator'],
                  })
                }
              />
            ))}
        </fieldset>
      )}
      <Seed seed={seed} onSeed={onSeed} />
      <button type="button" className="btn pri wide" disabled={busy} onClick={onRun}>
        <IconPlayerPlay className="ic" aria-hidden />
        {t('Run')}
      </button>
      <button type="button" className="btn wide" disabled={busy} onClick={onWhole}>
        {t('Run the whole plan')}
      </button>
      <p className="hint">
        {t('Each run is kept, reported or not. A change to any choice turns the badge to Exploratory.')}
      </p>
    </section>
  );
}

function Seed({ seed, onSeed }: { seed: number; onSeed: (seed: number) => void }) {
  const id = useId();
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {t('Seed')}
      </label>
      <input
        id={id}
        className="inp"
        type="number"
        min={0}
        max={2_147_483_647}
        step={1}
        value={seed}
        onChange={(event) => onSeed(Math.max(0, Math.trunc(event.currentTarget.valueAsNumber || 0)))}
      />
    </div>
  );
}

interface SelectProps {
  label: string;
  value: string;
  options: readonly { id: string; label: string }[];
  onChange: (id: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div>
      <label className="lab" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={`inp ${css.select}`}
        value={value}
        title={options.find((option) => option.id === value)?.label}
        onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Check(props: { label: string; checked: boolean; onChange: (is: boolean) => void }) {
  return (
    <label className={css.check}>
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  );
}
