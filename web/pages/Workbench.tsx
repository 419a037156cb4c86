import { useMediaQuery } from '@mantine/hooks';
import { useState } from 'react';
import { type Choice, isPerPlan, planned, sameChoice } from '../../server/analyses/estimand.rules.ts';
import { cancelRun, listRuns, type RunView, readRun, startRun } from '../../server/analyses/runs/contract.ts';
import type { StudyDocument } from '../../server/studies/document.ts';
import { newKey, useCall, useEndpoint } from '../api.ts';
import { stateInWords } from '../language/recordWords.ts';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { NotYours } from '../parts/NotYours.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { useSessionStudy, useStudyId, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';
import { Choices } from '../workbench/Choices.tsx';
import { History } from '../workbench/History.tsx';
import { Badge, Provenance } from '../workbench/Provenance.tsx';
import { Results } from '../workbench/Results.tsx';
import { Running } from '../workbench/Running.tsx';
import { dataStates } from '../workbench/words.ts';
import css from '../workbench/workbench.module.css';

/** The statistician’s workbench: what is asked, what came of it, and what it was made from. */
export default function Workbench() {
  const study = useStudyView();
  const blinded = useSessionStudy()?.blinded ?? true;
  if (!study) return null;
  if (blinded) return <NotYours />;
  if (study.document.estimands.length === 0)
    return (
      <Empty title={t('The protocol plans no analysis')}>
        {t(
          'Planned analyses stand in the study’s document under estimands. They are run here as soon as there are some.',
        )}
      </Empty>
    );
  return <Bench document={study.document} />;
}

function Bench({ document }: { document: StudyDocument }) {
  const study = useStudyId();
  const params = { study };
  const first = document.estimands.find(({ role }) => role === 'primary') ?? document.estimands[0]!;
  const [choice, setChoice] = useState<Choice>(() => choiceOf(document, first.id));
  const [seed, setSeed] = useState(1);
  const [asked, setAsked] = useState<string | null>(null);
  const list = useEndpoint(listRuns, { params });
  const start = useCall(startRun, { invalidates: [listRuns] });
  const found = planned(document, choice);
  const perPlan = isPerPlan(found);
  const runs = list.data?.runs ?? [];
  const matching = runs.find((run) => fits(document, run, choice, found?.id ?? null, seed));
  const shown =
    runs.find((run) => run.id === asked && fits(document, run, choice, found?.id ?? null, seed)) ?? matching;
  const take = (next: Choice) => {
    start.reset();
    setChoice(next);
  };
  const run = (what: Choice | null) =>
    start.mutate(
      { params, body: { key: newKey(), seed, choice: what } },
      { onSuccess: ({ id }) => setAsked(id) },
    );
  const show = (one: RunView) => {
    setAsked(one.id);
    setSeed(one.seed);
    if (one.choice) setChoice(one.choice as Choice);
    else if (!found) setChoice(choiceOf(document, first.id));
  };
  const analysis = shown?.choice ? (shown.estimand ?? 'exploratory') : (found?.id ?? first.id);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Workbench')}</h1>
          {list.data && (
            <p className={css.asOf}>
              {t('Data as of {cutOff}, {dataStates}. Every run is kept.', {
                cutOff: fullStamp(list.data.cutOff),
                dataStates: dataStates[list.data.dataState],
              })}
            </p>
          )}
        </div>
      </div>
      <div className={css.bench}>
        <Choices
          document={document}
          choice={choice}
          estimand={found?.id ?? null}
          seed={seed}
          busy={start.isPending}
          onEstimand={(id) => take(choiceOf(document, id))}
          onChoice={take}
          onSeed={setSeed}
          onRun={() => run(choice)}
          onWhole={() => run(null)}
        />
        <Centre
          run={shown}
          analysis={analysis}
          error={start.error}
          cutOff={list.data?.cutOff}
          label={found?.label ?? null}
        />
        <aside className={`card ${css.aside}`} aria-label={t('Provenance')}>
          <Badge
            perPlan={perPlan}
            words={
              perPlan
                ? t('“{label}”, as the protocol’s version {version} plans it ({role}).', {
                    label: found!.label,
                    version: document.version,
                    role: stateInWords(found!.role),
                  })
                : found
                  ? t('Written in the protocol as exploratory.')
                  : t('Not in the protocol’s plan: say so wherever the numbers go.')
            }
          />
          {shown && <ProvenanceOf run={shown} analysis={analysis} />}
          <Loaded of={list} label={t('the runs')} rows={3}>
            {(data) => <History runs={data.runs} shown={shown?.id ?? null} onShow={show} />}
          </Loaded>
        </aside>
      </div>
    </>
  );
}

const useRun = (run: string, analysis: string) => {
  const study = useStudyId();
  const phone = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  return useEndpoint(
    readRun,
    { params: { study, run }, query: { analysis, layout: phone ? 'phone' : 'wide' } },
    { refetchInterval: ({ state }) => (state.data?.run.status === 'running' ? 700 : false) },
  );
};

function ProvenanceOf({ run, analysis }: { run: RunView; analysis: string }) {
  const study = useStudyId();
  const read = useRun(run.id, analysis);
  return (
    <Provenance
      study={study}
      run={read.data?.run ?? run}
      analysis={analysis}
      scripts={[
        ...(read.data?.code ? (['R'] as const) : []),
        ...(read.data?.elsewhere ?? []).filter(({ code }) => code !== null).map((one) => one.programme),
      ]}
    />
  );
}

interface CentreProps {
  run: RunView | undefined;
  analysis: string;
  error: Error | null;
  cutOff: string | undefined;
  label: string | null;
}

function Centre({ run, analysis, error, cutOff, label }: CentreProps) {
  return (
    <div className={css.centre}>
      {error && <Refusal cause={error} />}
      {run ? (
        <Shown run={run} analysis={analysis} outdated={cutOff !== undefined && run.cutOff !== cutOff} />
      ) : (
        <section className="card">
          <Empty title={t('These choices weren’t run yet')}>
            {label
              ? t('“{label}” is in the plan.', { label })
              : t('They are outside the plan, so that the result is exploratory.')}{' '}
            {t('Run them to see picture, numbers and method together.')}
          </Empty>
        </section>
      )}
    </div>
  );
}

function Shown({ run, analysis, outdated }: { run: RunView; analysis: string; outdated: boolean }) {
  const study = useStudyId();
  const read = useRun(run.id, analysis);
  const cancel = useCall(cancelRun, { invalidates: [listRuns, readRun] });
  return (
    <Loaded of={read} label={t('the run')} rows={8}>
      {(data) => (
        <>
          {outdated && (
            <p className={css.outdated} role="status">
              {t('Data have changed since run {number}. Run it again for the data as they are now.', {
                number: run.number,
              })}
            </p>
          )}
          <Running
            run={data.run}
            onCancel={() => cancel.mutate({ params: { study, run: run.id }, body: {} })}
            cancelling={cancel.isPending}
          />
          <Results study={study} read={data} analysis={analysis} />
        </>
      )}
    </Loaded>
  );
}

function choiceOf(document: StudyDocument, id: string): Choice {
  const { id: _, label: __, role: ___, ...choice } = document.estimands.find((one) => one.id === id)!;
  return choice;
}

/** Whether a run answers these choices: it asked them, or the whole plan that they stand in. */
function fits(
  document: StudyDocument,
  run: RunView,
  choice: Choice,
  estimand: string | null,
  seed: number,
): boolean {
  if (run.seed !== seed) return false;
  if (run.choice) return sameChoice(document, run.choice as Choice, choice);
  return estimand !== null && run.studyVersion === document.version;
}
