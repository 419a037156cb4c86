import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { FormView } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { safetyHits } from '../../server/instruments/rules.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { t } from '../language/t.ts';
import { useHolds } from '../locking/useHolds.ts';
import { useSilence } from '../parts/connection.ts';
import { useSingleKeys } from '../parts/keys.ts';
import { reportSaved } from '../parts/saved.ts';
import { useMay } from '../session.ts';
import { useFieldMarks } from '../verification/useFieldMarks.tsx';
import { aroundOf } from './around.ts';
import { Conflict } from './Conflict.tsx';
import { Correction } from './Correction.tsx';
import { typedAsText } from './changes.ts';
import { DateOfAssessment } from './DateOfAssessment.tsx';
import { REASON, type Work, workOf, write } from './difference.ts';
import { EndRow } from './EndRow.tsx';
import { EntryHeader } from './EntryHeader.tsx';
import { FilesPlace } from './files.ts';
import css from './forms.module.css';
import { HidingDialog } from './HidingDialog.tsx';
import { ItemList } from './ItemList.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { ProblemList } from './ProblemList.tsx';
import { type Problem, problemsOf } from './problems.ts';
import { Rail } from './Rail.tsx';
import { resolved } from './resolved.ts';
import { StateNote } from './StateNote.tsx';
import { asksForReason } from './saving.ts';
import { useAssessmentDay } from './useAssessmentDay.ts';
import { useEntry } from './useEntry.ts';
import { useFilesPlace } from './useFilesPlace.ts';
import { useFormSaver } from './useFormSaver.ts';
import { useUndo } from './useUndo.ts';

interface Props {
  study: StudyView;
  form: FormView;
  instrument: InstrumentDocument;
  onward: ReactNode;
  onClose(): void;
}

/** One opened form: its work, its items, its totals and everything that can happen to them. */
export function FormSheet({ study, form, instrument, onward, onClose }: Props) {
  const { document } = study;
  const may = useMay();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [help, setHelp] = useState(false);
  const [problems, setProblems] = useState<Problem[] | null>(null);
  const [saver, view] = useFormSaver(study.id, form, instrument);
  const { work, confirmed, state } = view;
  const held = useHolds(form).length > 0;
  // Nothing can be entered into what is locked or frozen; what was typed before anybody knew stays in sight.
  const readOnly = !form.mayEnter || (held && (state.kind === 'untouched' || state.kind === 'saved'));
  const assessed = useAssessmentDay(saver, form);
  const hits = safetyHits(instrument, work.values);
  const around = useMemo(
    () => aroundOf(confirmed, assessed.day, document),
    [confirmed, assessed.day, document],
  );
  const verification = useFieldMarks(study.id, confirmed);
  const filesPlace = useFilesPlace(study.id, form);
  const openHelp = useCallback(() => setHelp(true), []);
  const { sheet, cursor, dispatch, hiding, decide } = useEntry({
    saver,
    instrument,
    around,
    missingCodes: document.missing.map(({ code }) => code),
    readOnly: readOnly || state.kind === 'conflict',
    complete: confirmed.status === 'complete',
    singleKeys,
    withDay: assessed.withDay,
    onHelp: openHelp,
  });
  const silent = useSilence() !== null;

  // An answer that calls for the protocol's safety steps is sent at once.
  const unheardOf = hits.some(
    (hit) => !confirmed.alerts.some(({ item, value }) => item === hit.item && value === hit.value),
  );
  useEffect(() => {
    if (unheardOf) void saver.flush();
  }, [saver, unheardOf]);

  const { undo, lastChange, steps } = useUndo({
    saver,
    view,
    study,
    form,
    instrument,
    enabled: !readOnly && state.kind !== 'conflict',
    onStep(item) {
      setProblems(null);
      if (item) dispatch({ type: 'go', item });
      else assessed.setDay(saver.view().work.assessedOn);
    },
  });

  const typed = state.kind === 'refused' ? typedAsText(document, instrument, confirmed, work) : undefined;
  const complete = async () => {
    const found = problemsOf(instrument, assessed.shown, form.window, document.missing, around);
    setProblems(found.length > 0 ? found : null);
    if (found.length > 0) return;
    saver.change(assessed.withDay(saver.view().work));
    await saver.complete();
  };
  const explain = (key: string, reason: string | null) => {
    setProblems(null);
    saver.change(write(saver.view().work, `${REASON}${key}`, reason === null ? null : { value: reason }));
  };
  const close = async () => {
    await saver.flush();
    onClose();
  };
  const openProblem = (item: string | null) => {
    if (item !== null) dispatch({ type: 'go', item });
    else globalThis.document.getElementById('assessed-on')?.focus();
  };
  const settle = (chosen: Work, reason?: string) => {
    assessed.setDay((before) => chosen.assessedOn ?? before);
    void saver.settle(chosen, reason);
  };
  const correcting = confirmed.status === 'complete' && asksForReason(view);

  return (
    <>
      <EntryHeader
        instrument={instrument}
        view={view}
        current={cursor.current}
        readOnly={readOnly}
        onClose={() => void close()}
        onComplete={() => void complete()}
      />
      <div className={css.layout}>
        <div className={css.main}>
          {verification.around}
          <StateNote {...{ state, silent, typed }} intent={view.intent} onTryNow={() => void saver.retry()} />
          {problems && <ProblemList problems={problems} onOpen={openProblem} />}
          {state.kind === 'conflict' ? (
            <Conflict
              instrument={instrument}
              missing={document.missing}
              base={state.base}
              mine={work}
              theirs={state.theirs}
              onSettle={settle}
            />
          ) : (
            <section
              className={css.sheet}
              aria-label={t('Items of {short}', { short: instrument.short })}
              ref={sheet}
              data-items
              onChange={() => setProblems(null)}
              onBlur={(event) => {
                if (!event.currentTarget.contains(event.relatedTarget)) void saver.flush();
              }}
            >
              <DateOfAssessment
                window={form.window}
                day={assessed.day}
                lateReason={assessed.shown.lateReason}
                today={assessed.today}
                readOnly={readOnly}
                onDay={assessed.choose}
                onKeep={(kept, reason) => {
                  setProblems(null);
                  assessed.keep(kept, reason);
                }}
              />
              {verification.below('@date')}
              <FilesPlace value={filesPlace}>
                <ItemList
                  key={steps}
                  study={study}
                  instrument={instrument}
                  form={confirmed}
                  values={work.values}
                  reasons={work.reasons ?? {}}
                  around={around}
                  onReason={explain}
                  hits={hits}
                  cursor={cursor}
                  readOnly={readOnly}
                  singleKeys={singleKeys}
                  below={verification.below}
                  mayResolve={may('alerts.resolve')}
                  dispatch={(action) => {
                    setProblems(null);
                    dispatch(action);
                  }}
                  onResolved={(alert) => saver.amend(resolved(alert))}
                />
              </FilesPlace>
              {!readOnly && (
                <EndRow
                  instrument={instrument}
                  view={view}
                  missing={document.missing}
                  atEnd={cursor.current === null}
                  onward={onward}
                  onComplete={() => void complete()}
                />
              )}
            </section>
          )}
          {correcting && !readOnly && (
            <Correction
              instrument={instrument}
              missing={document.missing}
              before={workOf(confirmed)}
              after={work}
              busy={state.kind === 'saving'}
              given={view.intent?.reason}
              onSave={(reason) => void saver.correct(reason)}
              onUndo={() => {
                saver.drop();
                assessed.setDay(confirmed.assessedOn);
                reportSaved('saved');
              }}
            />
          )}
        </div>
        <Rail
          document={document}
          instrument={instrument}
          form={confirmed}
          work={work}
          readOnly={readOnly}
          singleKeys={singleKeys}
          onSingleKeys={setSingleKeys}
          onAllKeys={openHelp}
          lastChange={lastChange}
          onUndo={undo}
        />
      </div>
      <HidingDialog hiding={hiding} values={work.values} missing={document.missing} onDecide={decide} />
      <KeysDialog
        opened={help}
        singleKeys={singleKeys}
        onSingleKeys={setSingleKeys}
        onClose={() => setHelp(false)}
      />
    </>
  );
}
