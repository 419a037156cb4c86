import { IconArrowBackUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { FormView } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
import { useStudyId } from '../session.ts';
import { SignCard } from '../signatures/SignCard.tsx';
import { inDigits } from './answer.ts';
import type { Work } from './difference.ts';
import css from './forms.module.css';
import { outcomeFacts, totalView } from './totals.ts';

interface Props {
  document: StudyDocument;
  instrument: InstrumentDocument;
  form: FormView;
  work: Work;
  readOnly: boolean;
  singleKeys: boolean;
  onSingleKeys(on: boolean): void;
  onAllKeys(): void;
  /** The last change in words, where it can be taken back. */
  lastChange: string | undefined;
  onUndo(): void;
}

/** Beside the sheet: the computed totals, how missing works, and the keys. */
export function Rail(props: Props) {
  return (
    <aside className={css.rail} aria-label={t('Total and keys')}>
      <Totals {...props} />
      {!props.readOnly && props.lastChange && <LastChange words={props.lastChange} onUndo={props.onUndo} />}
      {!props.readOnly && <Missing codes={props.document.missing} singleKeys={props.singleKeys} />}
      {!props.readOnly && <Keys {...props} />}
      <SignCard form={props.form} />
      <OnPaper form={props.form} />
    </aside>
  );
}

/** The form for a pen, and as the server has it. */
function OnPaper({ form }: { form: FormView }) {
  const study = useStudyId();
  const { participant, visit, instrument } = form;
  const to = '/s/$study/print/$participant/$visit';
  const params = { study, participant, visit };
  return (
    <section className="card" aria-label={t('On paper')}>
      <header>
        <h2>{t('On paper')}</h2>
      </header>
      <div className={`body ${css.cardActs}`}>
        <Link className="btn sm" to={to} params={params} search={{ form: instrument, blank: 'yes' }}>
          {t('Print blank')}
        </Link>
        {form.version > 0 && (
          <Link className="btn sm" to={to} params={params} search={{ form: instrument }}>
            {t('Print filled')}
          </Link>
        )}
      </div>
    </section>
  );
}

function Totals({ document, instrument, form, work }: Props) {
  return instrument.scores.map((score) => {
    const view = totalView(instrument, score, work.values, {
      bandSet: document.bands[instrument.id],
      missingCodes: document.missing,
    });
    const baseline = form.reference?.scores.find((other) => other.score === score.id)?.value ?? null;
    const facts = [
      ...(baseline === null
        ? []
        : [
            {
              label: instrument.items.length > 1 ? t('Baseline total') : t('At baseline'),
              means: inDigits(Math.round(baseline * 100) / 100),
            },
          ]),
      ...outcomeFacts(instrument, score, document.outcomes, baseline),
    ];
    return (
      <section key={score.id} className="card" aria-label={view.label}>
        <header>
          <div>
            <h2>{instrument.scores.length === 1 ? t('Total') : view.label}</h2>
            <p>{t('Computed; cannot be typed')}</p>
          </div>
        </header>
        <div className="body">
          <p className={css.total} data-words={view.words || undefined}>
            {view.headline}
            {view.beside && <small>{view.beside}</small>}
          </p>
          {view.explanation && <p className={css.explanation}>{view.explanation}</p>}
          {facts.length > 0 && (
            <dl className={`facts ${css.facts}`}>
              {facts.map(({ label, means }) => (
                <div key={label} className={css.fact}>
                  <dt>{label}</dt>
                  <dd>{means}</dd>
                </div>
              ))}
            </dl>
          )}
        </div>
      </section>
    );
  });
}

/** What the last change was, and the way back from it: a change of its own, never an erasure. */
function LastChange({ words, onUndo }: { words: string; onUndo(): void }) {
  return (
    <section className="card" aria-label={t('Last change')}>
      <header>
        <h2>{t('Last change')}</h2>
      </header>
      <div className={`body ${css.cardActs}`}>
        <p className="small ink2">{words}</p>
        <button type="button" className="btn sm" aria-label={t('Undo {words}', { words })} onClick={onUndo}>
          <IconArrowBackUp className="ic" aria-hidden />
          {t('Undo')}
        </button>
      </div>
    </section>
  );
}

function Missing({ codes, singleKeys }: { codes: StudyDocument['missing']; singleKeys: boolean }) {
  const names = codes.map(({ label }) => label.toLowerCase());
  const list = names.length > 1 ? names.join(', ').replace(/, ([^,]*)$/, ` ${t('or')} $1`) : names.join('');
  return (
    <section className="card">
      <header>
        <h2>{t('Missing is a choice')}</h2>
      </header>
      <p className={`body small ink2 ${css.missingHelp}`}>
        {t('Blank is never missing.')}{' '}
        {singleKeys ? (
          <>
            {t('Press')} <kbd>M</kbd> {t('and choose {list}.', { list })}
          </>
        ) : (
          t('Press “Missing…” and choose {list}.', { list })
        )}
      </p>
    </section>
  );
}

function Keys({ instrument, singleKeys, onSingleKeys, onAllKeys }: Props) {
  const codes = instrument.items.flatMap((item) =>
    item.kind === 'choice' ? item.options.map(({ value }) => value) : [],
  );
  const digits = codes.filter((code) => code >= 0 && code <= 9);
  return (
    <section className={`card ${css.onlyKeys}`}>
      <header>
        <h2>{t('Keys')}</h2>
        <div className="tools">
          <button
            type="button"
            className={`linklike small ${css.toggle}`}
            onClick={() => onSingleKeys(!singleKeys)}
          >
            {singleKeys ? t('Turn off') : t('Turn on')}
          </button>
        </div>
      </header>
      <div className={`body ${css.keys}`}>
        {singleKeys && digits.length > 0 && (
          <span>
            <kbd>{Math.min(...digits)}</kbd>–<kbd>{Math.max(...digits)}</kbd>
            {t('answer, next')}
          </span>
        )}
        <span>
          <kbd>Enter</kbd>
          {t('next')}
        </span>
        <span>
          <kbd>Shift</kbd>
          <kbd>Tab</kbd>
          {t('back')}
        </span>
        {singleKeys && (
          <span>
            <kbd>M</kbd>
            {t('missing')}
          </span>
        )}
        <button type="button" className={css.allKeys} onClick={onAllKeys}>
          {singleKeys && <kbd>?</kbd>}
          {t('all keys')}
        </button>
      </div>
    </section>
  );
}
