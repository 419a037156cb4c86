import { type ReactNode, useCallback, useEffect, useState } from 'react';
import type { FormView } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { safetyHits } from '../../server/instruments/rules.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { useSilence } from '../parts/connection.ts';
import { useSingleKeys } from '../parts/keys.ts';
import { reportSaved } from '../parts/saved.ts';
import { useMay, useSession } from '../session.ts';
import { localDay } from '../time.ts';
import { Conflict } from './Conflict.tsx';
import { Correction } from './Correction.tsx';
import { DateOfAssessment } from './DateOfAssessment.tsx';
import { type Work, workOf } from './difference.ts';
import { EndRow } from './EndRow.tsx';
import { EntryHeader } from './EntryHeader.tsx';
import css from './forms.module.css';
import { ItemList } from './ItemList.tsx';
import { KeysDialog } from './KeysDialog.tsx';
import { ProblemList } from './ProblemList.tsx';
import { type Problem, problemsOf } from './problems.ts';
import { Rail } from './Rail.tsx';
import { StateNote } from './StateNote.tsx';
import { useEntry } from './useEntry.ts';
import { useFormSaver } from './useFormSaver.ts';
import { outside } from './window.ts';

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
  const session = useSession();
  const may = useMay();
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [help, setHelp] = useState(false);
  const [problems, setProblems] = useState<Problem[] | null>(null);
  const [saver, view] = useFormSaver(study.id, session.user.id, form, instrument);
  const readOnly = !form.mayEnter;
  const { work, confirmed, state } = view;
  const today = localDay(new Date().toISOString());
  const [day, setDay] = useState<string | null>(() => work.assessedOn ?? (readOnly ? null : today));
  const missingCodes = document.missing.map(({ code }) => code);

  // A day outside the window joins the work only with its reason; until then the page alone holds it.
  const withDay = useCallback(
    (next: Work): Work =>
      day === null || outside(form.window, day) ? next : { ...next, assessedOn: day, lateReason: null },
    [day, form.window],
  );
  const openHelp = useCallback(() => setHelp(true), []);
  const { sheet, cursor, dispatch } = useEntry({
    saver,
    instrument,
    missingCodes,
    readOnly: readOnly || state.kind === 'conflict',
    complete: confirmed.status === 'complete',
    singleKeys,
    withDay,
    onHelp: openHelp,
  });

  // The shell's note speaks for a silent server; the first answer of any kind brings what waits to it.
  const silent = useSilence() !== null;
  useEffect(() => {
    if (!silent) void saver.flush();
  }, [saver, silent]);

  const chooseDay = (next: string | null) => {
    setDay(next);
    if (next === null || !outside(form.window, next))
      saver.change({ ...saver.view().work, assessedOn: next, lateReason: null });
  };
  const asShown: Work = {
    ...work,
    assessedOn: day,
    lateReason: day === work.assessedOn ? work.lateReason : null,
  };
  const complete = async () => {
    const found = problemsOf(instrument, asShown, form.window, document.missing);
    setProblems(found.length > 0 ? found : null);
    if (found.length > 0) return;
    saver.change(withDay(saver.view().work));
    await saver.complete();
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
    setDay((before) => chosen.assessedOn ?? before);
    void saver.settle(chosen, reason);
  };
  const correcting = confirmed.status === 'complete' && state.kind !== 'saved' && state.kind !== 'conflict';

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
          <StateNote state={state} silent={silent} onTryNow={() => void saver.flush()} />
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
              aria-label={`Items of ${instrument.short}`}
              ref={sheet}
              data-items
              onChange={() => setProblems(null)}
              onBlur={(event) => {
                if (!event.currentTarget.contains(event.relatedTarget)) void saver.flush();
              }}
            >
              <DateOfAssessment
                window={form.window}
                day={day}
                lateReason={asShown.lateReason}
                today={today}
                readOnly={readOnly}
                onDay={chooseDay}
                onKeep={(kept, reason) => {
                  setProblems(null);
                  saver.change({ ...saver.view().work, assessedOn: kept, lateReason: reason });
                }}
              />
              <ItemList
                study={study}
                instrument={instrument}
                form={confirmed}
                values={work.values}
                hits={safetyHits(instrument, work.values)}
                cursor={cursor}
                readOnly={readOnly}
                singleKeys={singleKeys}
                mayResolve={may('alerts.resolve')}
                dispatch={(action) => {
                  setProblems(null);
                  dispatch(action);
                }}
                onResolved={(alert) =>
                  saver.amend((before) => ({
                    ...before,
                    alerts: before.alerts.map((one) =>
                      one.id === alert ? { ...one, resolvedAt: new Date().toISOString() } : one,
                    ),
                  }))
                }
              />
              {!readOnly && (
                <EndRow
                  instrument={instrument}
                  view={view}
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
              onSave={(reason) => void saver.correct(reason)}
              onUndo={() => {
                saver.undo();
                setDay(confirmed.assessedOn);
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
        />
      </div>
      <KeysDialog
        opened={help}
        singleKeys={singleKeys}
        onSingleKeys={setSingleKeys}
        onClose={() => setHelp(false)}
      />
    </>
  );
}
