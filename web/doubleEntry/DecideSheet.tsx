import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import {
  adjudicate,
  type Comparison,
  compareEntries,
  type Decision,
  doubleEntryStatistics,
  listDoubleEntry,
} from '../../server/doubleEntry/contract.ts';
import { readForm } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { newKey, Refused, useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { useKeys } from '../parts/keys.ts';
import { instrumentShort, listed, visitLabel } from '../parts/naming.ts';
import { Refusal } from '../parts/Refusal.tsx';
import css from './doubleEntry.module.css';
import { FieldRow } from './FieldRow.tsx';
import { faces } from './words.ts';

interface Props {
  study: StudyView;
  instrument: InstrumentDocument;
  comparison: Comparison;
}

/** Every field in which the entries differ; 1 and 2 choose an entry, 3 another value, J and K move. */
export function DecideSheet({ study, instrument, comparison }: Props) {
  const { participant, visit, fields, mayAdjudicate, state } = comparison;
  const list = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<Record<string, Decision>>({});
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      fields.findIndex(({ decided }) => decided === null),
    ),
  );
  const [key] = useState(newKey);
  const [lateReason, setLateReason] = useState('');
  const send = useCall(adjudicate, {
    invalidates: [compareEntries, listDoubleEntry, doubleEntryStatistics, readForm],
  });
  const open = fields.filter(({ decided }) => decided === null);
  const ready = open.flatMap(({ field }) => {
    const decision = chosen[field];
    if (!decision) return [];
    const whole =
      decision.choice !== 'other' || (decision.value !== undefined && (decision.reason ?? '').length >= 3);
    return whole ? [decision] : [];
  });
  const asksWhyLate =
    send.error instanceof Refused && send.error.issues.some(({ path }) => path === 'lateReason');
  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), fields.length - 1);
    setAt(next);
    list.current?.querySelectorAll('[data-field]')[next]?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (index: number, choice: Decision['choice']) => {
    const one = fields[index];
    if (!mayAdjudicate || !one || one.decided) return;
    setChosen((before) => ({
      ...before,
      [one.field]:
        choice === 'other' && before[one.field]?.choice === 'other'
          ? before[one.field]!
          : { field: one.field, choice },
    }));
    move(choice === 'other' ? index : index + 1);
  };
  const save = () =>
    send.mutate({
      params: { study: study.id, participant, visit, instrument: instrument.id },
      body: {
        key,
        formVersion: comparison.formVersion,
        decisions: ready,
        ...(lateReason.trim().length >= 3 && { lateReason }),
      },
    });
  useKeys({
    1: () => choose(at, 'first'),
    2: () => choose(at, 'second'),
    3: (event) => {
      event.preventDefault();
      choose(at, 'other');
    },
    j: () => move(at + 1),
    k: () => move(at - 1),
  });
  const { icon: Icon, word, tone } = faces[state];
  return (
    <>
      <div className="head">
        <div>
          <h1>
            <span className="code">{participant}</span>, {instrumentShort(study, instrument.id)}
          </h1>
          <p>
            {t('{visit}. {compared} of {compared2} fields agree.', {
              visit: visitLabel(study, visit),
              compared: comparison.compared - fields.length,
              compared2: comparison.compared,
            })}{' '}
            <span className={`st ${tone}`}>
              <Icon className="ic" aria-hidden />
              {word}
            </span>
          </p>
        </div>
        <div className="acts">
          <Link className="btn" to="/s/$study/double-entry" params={{ study: study.id }}>
            {t('All forms')}
          </Link>
        </div>
      </div>
      <div className="stack">
        {comparison.why && <p className="note">{comparison.why}</p>}
        {comparison.changedSince && (
          <p className="note wrn">
            {t(
              'The form was changed after both entries were compared. The first column shows it as it is now.',
            )}
          </p>
        )}
        <section className="card" aria-label={t('Fields that differ')}>
          <div className={css.heads} aria-hidden>
            <span>{t('Field')}</span>
            <span>{t('First entry, {listed}', { listed: listed(comparison.firstBy) })}</span>
            <span>{t('Second entry, {secondBy}', { secondBy: comparison.secondBy })}</span>
            <span>{t('Another value')}</span>
          </div>
          <div ref={list}>
            {fields.map((field, index) => (
              <FieldRow
                key={field.field}
                instrument={instrument}
                missing={study.document.missing}
                field={field}
                decision={chosen[field.field]}
                current={mayAdjudicate && index === at}
                may={mayAdjudicate}
                onFocus={() => setAt(index)}
                onChoose={(choice) => choose(index, choice)}
                onChange={(decision) => setChosen((before) => ({ ...before, [decision.field]: decision }))}
              />
            ))}
          </div>
          {fields.length === 0 && (
            <p className="body small mute">{t('The entries have no field that differs.')}</p>
          )}
          {asksWhyLate && (
            <div className={css.late}>
              <label className="lab" htmlFor="late-reason">
                {t('The date that stands is outside the window. Why?')}
              </label>
              <input
                className="inp"
                id="late-reason"
                maxLength={500}
                value={lateReason}
                onChange={(event) => setLateReason(event.currentTarget.value)}
              />
            </div>
          )}
          <Refusal cause={send.error} />
          {mayAdjudicate && (
            <div className={css.end}>
              <p className="small mute" role="status">
                {t('{ready} of {fields, plural, one {# field} other {# fields}} decided.', {
                  ready: ready.length,
                  fields: open.length,
                })}
                {ready.length === open.length
                  ? ` ${t('Saving makes what stands a new version of the form.')}`
                  : ` ${t('The rest can wait for another sitting.')}`}
              </p>
              <button
                type="button"
                className="btn pri"
                disabled={send.isPending || (ready.length === 0 && open.length > 0)}
                onClick={save}
              >
                {open.length === 0
                  ? t('Settle')
                  : t('Save {decisions, plural, one {# decision} other {# decisions}}', {
                      decisions: ready.length,
                    })}
              </button>
            </div>
          )}
        </section>
        {mayAdjudicate && (
          <p className="keys only-wide">
            {[
              ['1', 'first'],
              ['2', 'second'],
              ['3', t('another value')],
              ['J', 'next'],
              ['K', 'back'],
            ].map(([name, what]) => (
              <span key={name}>
                <kbd>{name}</kbd>
                {what}
              </span>
            ))}
          </p>
        )}
      </div>
    </>
  );
}
