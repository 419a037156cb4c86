import { IconDownload, IconFlask, IconShieldCheck } from '@tabler/icons-react';
import { type RunFileName, type RunView, runFile } from '../../server/analyses/runs/contract.ts';
import { addressOf } from '../api.ts';
import { t } from '../language/t.ts';
import { fullStamp, stamp } from '../time.ts';
import { type Programme, scriptFiles } from './Code.tsx';
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
        <strong>{perPlan ? t('Per plan') : t('Exploratory')}</strong>
        <p>{words}</p>
      </div>
    </div>
  );
}

interface Props {
  study: string;
  run: RunView;
  analysis: string;
  /** Programmes in which there is a script. */
  scripts: readonly Programme[];
}

/** What the numbers were made from, and where they can be taken. */
export function Provenance({ study, run, analysis, scripts }: Props) {
  const facts: [string, string, string?][] = [
    [t('Data cut-off'), fullStamp(run.cutOff)],
    [t('Data'), dataStates[run.dataState]],
    [t('People'), String(run.participants)],
    [t('Protocol'), t('version {studyVersion}', { studyVersion: run.studyVersion })],
    [t('Code', { sense: 'version' }), run.codeVersion],
    [t('Seed'), String(run.seed)],
    [t('Plan hash'), shortHash(run.planHash), run.planHash],
    [t('Data hash'), shortHash(run.dataHash), run.dataHash],
    ...(run.resultHash
      ? [[t('Result hash'), shortHash(run.resultHash), run.resultHash] as [string, string, string]]
      : []),
    [t('Run', { sense: 'one' }), `${run.number}, ${stamp(run.at)}`],
    [t('By'), run.by],
  ];
  const files: [RunFileName, string][] = [
    ['bundle.tar', t('All in one')],
    ['data.csv', t('Data (CSV)')],
    ['plan.yaml', t('Plan')],
    ['results.csv', t('Results (CSV)')],
    ['results.json', t('Results (JSON)')],
  ];
  const code: [RunFileName, string, string?][] = [
    ...scripts.map((programme): [RunFileName, string, string] => [
      scriptFiles[programme],
      programme,
      t('{programme} script', { programme }),
    ]),
    ...(scripts.some((programme) => programme !== 'R')
      ? [['values.csv', t('Values (CSV)')] as [RunFileName, string]]
      : []),
  ];
  const list = (all: readonly [RunFileName, string, string?][]) => (
    <div className={css.files}>
      {all.map(([name, words, label]) => (
        <a
          key={name}
          className="btn sm"
          href={addressOf(runFile, { params: { study, run: run.id, name }, query: { analysis } })}
          aria-label={label}
          download
        >
          {name === 'bundle.tar' && <IconDownload className="ic" aria-hidden />}
          {words}
        </a>
      ))}
    </div>
  );
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
            ? t('Same plan, data and seed as run {number}, and the same numbers to the last digit.', {
                number: run.sameAs.number,
              })
            : t(
                'Same plan, data and seed as run {number}, but other numbers. Tell whoever keeps this server.',
                { number: run.sameAs.number },
              )}
        </p>
      )}
      {run.status === 'done' && (
        <>
          <Mark key={run.id} study={study} run={run} />
          <h3>{t('Take it with you')}</h3>
          {list(files)}
          {code.length > 0 && (
            <>
              <h3>{t('Scripts of this analysis')}</h3>
              {list(code)}
            </>
          )}
        </>
      )}
    </>
  );
}
