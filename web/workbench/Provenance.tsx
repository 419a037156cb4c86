import { IconDownload, IconFlask, IconShieldCheck } from '@tabler/icons-react';
import { type RunFileName, type RunView, runFile } from '../../server/analyses/runs/contract.ts';
import { addressOf } from '../api.ts';
import { fullStamp, stamp } from '../time.ts';
import { Mark } from './Mark.tsx';
import { shortHash } from './numbers.ts';
import { dataStates } from './words.ts';
import css from './workbench.module.css';

/** Per plan or exploratory: said of the choices as they stand. */
export function Badge({ perPlan, words }: { perPlan: boolean; words: string }) {
  const Icon = perPlan ? IconShieldCheck : IconFlask;
  return (
    <div className={css.badge} data-plan={perPlan} role="status">
      <Icon className="ic" aria-hidden />
      <div>
        <strong>{perPlan ? 'Per plan' : 'Exploratory'}</strong>
        <p>{words}</p>
      </div>
    </div>
  );
}

interface Props {
  study: string;
  run: RunView;
  analysis: string;
  hasCode: boolean;
}

/** What the numbers were made from, and where they can be taken. */
export function Provenance({ study, run, analysis, hasCode }: Props) {
  const facts: [string, string, string?][] = [
    ['Data cut-off', fullStamp(run.cutOff)],
    ['Data', dataStates[run.dataState]],
    ['People', String(run.participants)],
    ['Protocol', `version ${run.studyVersion}`],
    ['Code', run.codeVersion],
    ['Seed', String(run.seed)],
    ['Plan hash', shortHash(run.planHash), run.planHash],
    ['Data hash', shortHash(run.dataHash), run.dataHash],
    ...(run.resultHash
      ? [['Result hash', shortHash(run.resultHash), run.resultHash] as [string, string, string]]
      : []),
    ['Run', `${run.number}, ${stamp(run.at)}`],
    ['By', run.by],
  ];
  const files: [RunFileName, string][] = [
    ['data.csv', 'Data (CSV)'],
    ['plan.yaml', 'Plan'],
    ['results.csv', 'Results (CSV)'],
    ['results.json', 'Results (JSON)'],
    ...(hasCode ? [['code.R', 'R script'] as [RunFileName, string]] : []),
    ['bundle.tar', 'All in one'],
  ];
  return (
    <>
      <dl className={css.facts}>
        {facts.map(([name, value, full]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={full} className={full ? css.hash : undefined}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {run.sameAs && (
        <p className={css.same} data-same={run.sameAs.identical}>
          {run.sameAs.identical
            ? `Same plan, data and seed as run ${run.sameAs.number}, and the same numbers to the last digit.`
            : `Same plan, data and seed as run ${run.sameAs.number}, but other numbers. Tell whoever keeps this server.`}
        </p>
      )}
      {run.status === 'done' && (
        <>
          <Mark key={run.id} study={study} run={run} />
          <h3>Take it with you</h3>
          <div className={css.files}>
            {files.map(([name, words]) => (
              <a
                key={name}
                className="btn sm"
                href={addressOf(runFile, { params: { study, run: run.id, name }, query: { analysis } })}
                download
              >
                {name === 'bundle.tar' && <IconDownload className="ic" aria-hidden />}
                {words}
              </a>
            ))}
          </div>
        </>
      )}
    </>
  );
}
