import { useState } from 'react';
import type { RunFileName, readRun } from '../../server/analyses/runs/contract.ts';
import type { Reply } from '../api.ts';
import { t } from '../language/t.ts';
import { CopyButton } from '../parts/CopyButton.tsx';
import css from './workbench.module.css';

export type Programme = 'R' | Reply<typeof readRun>['elsewhere'][number]['programme'];

export const scriptFiles: Record<Programme, RunFileName> = {
  R: 'code.R',
  SAS: 'code.sas',
  Stata: 'code.do',
  SPSS: 'code.sps',
};

/** The script that makes the numbers elsewhere: in R, which the tests run, and in what they can’t run. */
export function Code({ read }: { read: Reply<typeof readRun> }) {
  const [programme, setProgramme] = useState<Programme>('R');
  const scripts = [{ programme: 'R' as const, code: read.code, reason: read.noCode }, ...read.elsewhere];
  const { code, reason } = scripts.find((one) => one.programme === programme)!;
  return (
    <>
      <div className={css.codeHead}>
        <fieldset className={css.programmes} aria-label={t('Programme')}>
          {scripts.map((one) => (
            <button
              key={one.programme}
              type="button"
              className={css.programme}
              aria-pressed={one.programme === programme}
              onClick={() => setProgramme(one.programme)}
            >
              {one.programme}
            </button>
          ))}
        </fieldset>
        {code !== null && <CopyButton text={code} what={t('the script')} words={t('Copy')} />}
      </div>
      <p className={css.codeNote}>
        {programme === 'R'
          ? t(
              'Beside data.csv: Rscript code.R data.csv. Equipoise’s tests run this script and compare its numbers.',
            )
          : t(
              'Beside values.csv, which holds the estimand’s variable of everyone in the population. Written from the manuals of {programme}; no test runs it, so compare its numbers with those here.',
              { programme },
            )}
      </p>
      {code === null ? (
        <p className={css.noCode}>{reason}</p>
      ) : (
        <section
          className={css.code}
          aria-label={t('{programme} script', { programme })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
          tabIndex={0}
        >
          <pre>{code}</pre>
        </section>
      )}
    </>
  );
}
