import { IconEyeOff } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { asEnteredTwice } from '../../server/doubleEntry/rules.ts';
import type { FormView } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { aroundOf } from '../forms/around.ts';
import { DateOfAssessment } from '../forms/DateOfAssessment.tsx';
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
import { t } from '../language/t.ts';
import { useSilence } from '../parts/connection.ts';
import { useSingleKeys } from '../parts/keys.ts';
import { useEntrySaver } from './useEntrySaver.ts';

interface Props {
  study: StudyView;
  form: FormView;
  instrument: InstrumentDocument;
  onClose(): void;
}

/** The second entry of a form: the same items and keys as the first, and nothing of what was entered there. */
export function EntrySheet({ study, form, instrument: whole, onClose }: Props) {
  const instrument = useMemo(() => asEnteredTwice(whole), [whole]);
  const { document } = study;
  const [singleKeys, setSingleKeys] = useSingleKeys();
  const [help, setHelp] = useState(false);
  const [problems, setProblems] = useState<Problem[] | null>(null);
  const [saver, view] = useEntrySaver(study.id, form, instrument);
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
        <StateNote state={state} intent={view.intent} silent={silent} onTryNow={() => void saver.retry()} />
        {state.kind === 'conflict' && (
          <p className="note wrn" role="alert">
            {t(
              'This entry was saved from another window meanwhile. Nothing was overwritten; close it here and open it again.',
            )}
          </p>
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
