import { IconEyeOff } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { asEnteredTwice } from '../../server/doubleEntry/rules.ts';
import { type FormView, readForm } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { keyOf } from '../api.ts';
import { aroundOf } from '../forms/around.ts';
import { Conflict } from '../forms/Conflict.tsx';
import { typedAsText } from '../forms/changes.ts';
import { DateOfAssessment } from '../forms/DateOfAssessment.tsx';
import type { Work } from '../forms/difference.ts';
import { EndRow } from '../forms/EndRow.tsx';
import { EntryHeader } from '../forms/EntryHeader.tsx';
import css from '../forms/forms.module.css';
import { HidingDialog } from '../forms/HidingDialog.tsx';
import { ItemList } from '../forms/ItemList.tsx';
import { KeysDialog } from '../forms/KeysDialog.tsx';
import { ProblemList } from '../forms/ProblemList.tsx';
import { type Problem, problemsOf } from '../forms/problems.ts';
import { StateNote } from '../forms/StateNote.tsx';
import { useAssessmentDay } from '../forms/useAssessmentDay.ts';
import { useEntry } from '../forms/useEntry.ts';
import { useFormSaver } from '../forms/useFormSaver.ts';
import { t } from '../language/t.ts';
import { useSilence } from '../parts/connection.ts';
import { useSingleKeys } from '../parts/keys.ts';
import { reportSaved } from '../parts/saved.ts';

interface Props {
  study: StudyView;
  form: FormView;
  instrument: InstrumentDocument;
  onClose(): void;
}

/** The second entry of a form: the same items and keys as the first, and nothing of what was entered there. */
export function EntrySheet({ study, form, instrument: whole, onClose }: Props) {
  const instrument = useMemo(() => asEnteredTwice(whole), [whole]);
  useForgetFirst(study.id, form);
  const { document } = study;
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [help, setHelp] = useState(false);
  const [problems, setProblems] = useState<Problem[] | null>(null);
  const [saver, view] = useFormSaver(study.id, form, instrument, 'second');
  const { work, confirmed, state } = view;
  const complete = confirmed.status === 'complete';
  // Today isn't offered: the date is entered from the source like every answer.
  const assessed = useAssessmentDay(saver, { ...form, mayEnter: false });
  const around = useMemo(
    () => aroundOf(confirmed, assessed.day, document),
    [confirmed, assessed.day, document],
  );
  const openHelp = useCallback(() => setHelp(true), []);
  const silent = useSilence() !== null;
  const { sheet, cursor, dispatch, hiding, decide } = useEntry({
    saver,
    instrument,
    around,
    missingCodes: document.missing.map(({ code }) => code),
    readOnly: complete || state.kind === 'conflict',
    complete,
    singleKeys,
    withDay: assessed.withDay,
    onHelp: openHelp,
  });
  const conflict = state.kind === 'conflict' ? state : null;
  const typed = state.kind === 'refused' ? typedAsText(document, instrument, confirmed, work) : undefined;
  const settle = (chosen: Work) => {
    assessed.setDay((before) => chosen.assessedOn ?? before);
    void saver.settle(chosen);
  };
  const finish = async () => {
    const found = problemsOf(instrument, assessed.shown, form.window, document.missing, around, false);
    setProblems(found.length > 0 ? found : null);
    if (found.length > 0) return;
    saver.change(assessed.withDay(saver.view().work));
    if (await saver.complete()) onClose();
  };
  const close = async () => {
    await saver.flush();
    onClose();
  };
  return (
    <>
      <EntryHeader
        instrument={instrument}
        view={view}
        current={cursor.current}
        readOnly={complete}
        onClose={() => void close()}
        onComplete={() => void finish()}
      />
      <div className="stack">
        <p className="note">
          <IconEyeOff className="ic" aria-hidden />
          <span>
            <strong>{t('Second entry.')}</strong>{' '}
            {t(
              'Enter {participant} from the source, as it stands there. What was entered first is hidden from you until this is complete; then both are compared.',
              { participant: form.participant },
            )}
          </span>
        </p>
        <StateNote {...{ state, silent, typed }} intent={view.intent} onTryNow={() => void saver.retry()} />
        {conflict && conflict.theirs.status === 'complete' && (
          <div className="note wrn" role="alert">
            <p className="grow">
              {t(
                'This entry was completed in another place meanwhile, and was compared. What you typed here can’t go in any more.',
              )}
            </p>
            <button
              type="button"
              className="btn sm"
              onClick={() => {
                saver.drop();
                reportSaved('saved');
              }}
            >
              {t('Discard what I typed')}
            </button>
          </div>
        )}
        {problems && (
          <ProblemList
            problems={problems}
            onOpen={(item) =>
              item === null
                ? globalThis.document.getElementById('assessed-on')?.focus()
                : dispatch({ type: 'go', item })
            }
          />
        )}
        {conflict && conflict.theirs.status !== 'complete' && (
          <Conflict
            instrument={instrument}
            missing={document.missing}
            base={conflict.base}
            mine={work}
            theirs={conflict.theirs}
            onSettle={settle}
          />
        )}
        {!conflict && (
          <section
            className={css.sheet}
            aria-label={t('Items of {short}, second entry', { short: instrument.short })}
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
              lateReason={null}
              today={assessed.today}
              readOnly={complete}
              onDay={assessed.choose}
              onKeep={assessed.keep}
            />
            <ItemList
              study={study}
              instrument={instrument}
              form={confirmed}
              values={work.values}
              reasons={{}}
              around={around}
              hits={[]}
              cursor={cursor}
              readOnly={complete}
              singleKeys={singleKeys}
              mayResolve={false}
              dispatch={(action) => {
                setProblems(null);
                dispatch(action);
              }}
              onResolved={() => undefined}
            />
            {!complete && (
              <EndRow
                instrument={instrument}
                view={view}
                missing={document.missing}
                explained={false}
                atEnd={cursor.current === null}
                onward={null}
                onComplete={() => void finish()}
              />
            )}
          </section>
        )}
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

/** What of the first entry this person looked at earlier goes from the page's memory. */
function useForgetFirst(study: string, { participant, visit, instrument }: FormView): void {
  const client = useQueryClient();
  useEffect(() => {
    const params = { study, participant, visit, instrument };
    client.removeQueries({ queryKey: keyOf(readForm, { params }) });
  }, [client, study, participant, visit, instrument]);
}
