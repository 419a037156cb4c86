import { IconPlayerPlay } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
import { defaultsFor, problemsOf, type Settings, siteTargets } from './settings.ts';
import css from './simulator.module.css';
import type { Candidate } from './types.ts';

interface Props {
  document: StudyDocument;
  candidates: readonly Candidate[];
  running: boolean;
  onRun: (settings: Settings, chosen: Candidate[]) => void;
  onCancel: () => void;
}

const fields: { name: keyof Settings; label: string }[] = [
  { name: 'n', label: t('Participants') },
  { name: 'sites', label: t('Sites') },
  { name: 'trials', label: t('Trials') },
  { name: 'seed', label: t('Seed') },
];

/** What to play through: how many, where, how often, and what to compare the study's design with. */
export function SettingsCard({ document, candidates, running, onRun, onCancel }: Props) {
  const id = useId();
  const [settings, setSettings] = useState(() => defaultsFor(document));
  const [chosen, setChosen] = useState(() => new Set(candidates.map((one) => one.id)));
  const problems = problemsOf(settings);
  const targets = siteTargets(document, Number(settings.sites));
  const toggle = (which: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, which] : [...before].filter((one) => one !== which)));
  const submit = () => {
    if (Object.keys(problems).length > 0) return;
    onRun(
      settings,
      candidates.filter((one) => one.own || chosen.has(one.id)),
    );
  };
  return (
    <section className="card" aria-labelledby="settings">
      <header>
        <h2 id="settings">{t('What to simulate')}</h2>
      </header>
      <form
        className={`body ${css.form}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (running) onCancel();
          else submit();
        }}
      >
        <div className={css.fields}>
          {fields.map(({ name, label }) => (
            <div key={name}>
              <label className="lab" htmlFor={`${id}-${name}`}>
                {label}
              </label>
              <input
                className="inp"
                id={`${id}-${name}`}
                inputMode="numeric"
                autoComplete="off"
                value={settings[name]}
                aria-invalid={problems[name] !== undefined}
                aria-describedby={problems[name] ? `${id}-${name}-error` : undefined}
                onChange={(event) => setSettings({ ...settings, [name]: event.currentTarget.value })}
              />
              {problems[name] && (
                <p className="field-error" id={`${id}-${name}-error`}>
                  {problems[name]}
                </p>
              )}
            </div>
          ))}
        </div>
        <p className="hint">
          {targets
            ? t('Sites recruit {targets}, as planned; other factors are even.', {
                targets: targets.join(' : '),
              })
            : t('Sites are of equal size; other factors are even.')}{' '}
          {t('The same seed gives the same numbers.')}
        </p>
        <fieldset>
          <legend className="lab">{t('Compare with')}</legend>
          {candidates.map(({ id: which, label, own }) => (
            <label key={which} className="check">
              <input
                type="checkbox"
                checked={own || chosen.has(which)}
                disabled={own}
                onChange={(event) => toggle(which, event.currentTarget.checked)}
              />
              <span>
                {label}
                {own && <span className="mute">{t(', this study')}</span>}
              </span>
            </label>
          ))}
        </fieldset>
        {running ? (
          <button type="submit" className="btn wide">
            {t('Cancel')}
          </button>
        ) : (
          <button type="submit" className="btn pri wide" disabled={Object.keys(problems).length > 0}>
            <IconPlayerPlay className="ic" aria-hidden />
            {t('Run the simulation')}
          </button>
        )}
      </form>
    </section>
  );
}
