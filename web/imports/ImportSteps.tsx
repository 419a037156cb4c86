import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type ImportMapping, type ImportReport, runImport } from '../../server/imports/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { call, newKey } from '../api.ts';
import { dropKey, keptKey } from '../enrol/keptKey.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { buildMapping, type Decisions } from './buildMapping.ts';
import { type Chosen, FileStep } from './FileStep.tsx';
import { FixedValues } from './FixedValues.tsx';
import { GuidedTable } from './GuidedTable.tsx';
import css from './imports.module.css';
import { MissingMarks } from './MissingMarks.tsx';
import { marksOf, suggestCodes } from './marks.ts';
import { PastedMapping } from './PastedMapping.tsx';
import { parseMapping } from './parseMapping.ts';
import { bringsSomething, Report } from './Report.tsx';
import { cellsOf, type Sheet } from './readCsv.ts';
import { suggestTargets } from './suggest.ts';
import { codesOf } from './target.ts';

/** File, mapping, dry run, import: the last only once the third refused nothing. */
export function ImportSteps({ study }: { study: StudyView }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [way, setWay] = useState<'table' | 'pasted'>('table');
  const [decisions, setDecisions] = useState<Decisions>(nothing);
  const [pasted, setPasted] = useState('');
  const [report, setReport] = useState<ImportReport | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [running, setRunning] = useState(false);

  const built = useMemo(() => {
    if (!chosen) return { open: [] };
    if (way === 'table') return buildMapping(chosen.sheet, study, decisions);
    const parsed = parseMapping(pasted);
    return 'mapping' in parsed ? parsed : { open: [parsed.problem] };
  }, [chosen, way, decisions, pasted, study]);
  const changed = () => {
    setReport(null);
    setFailure(null);
  };
  const run = async (mapping: ImportMapping, dryRun: boolean) => {
    if (!chosen) return;
    const act = `import/${study.id}`;
    setRunning(true);
    setFailure(null);
    try {
      const body = {
        key: dryRun ? newKey() : keptKey(act),
        csv: chosen.text,
        file: chosen.name,
        mapping,
        dryRun,
      };
      setReport(await call(runImport, { params: { study: study.id }, body }));
      if (!dryRun) {
        dropKey(act);
        void client.invalidateQueries();
      }
    } catch (cause) {
      setFailure(cause);
      if (cause instanceof Error && cause.name === 'Refused') dropKey(act);
    } finally {
      setRunning(false);
    }
  };
  const done = report?.written === true;
  return (
    <div className={css.steps}>
      <FileStep
        chosen={chosen}
        onChoose={(file) => {
          setChosen(file);
          setDecisions(suggest(file.sheet, study));
          changed();
        }}
      />
      {chosen && (
        <section className="card" aria-labelledby="mapping-title">
          <header>
            <div>
              <h2 id="mapping-title">2 Mapping</h2>
              <p>What each column becomes. Names that are known are filled in; look them over.</p>
            </div>
            <div className={`tools segments ${css.ways}`}>
              <button type="button" aria-pressed={way === 'table'} onClick={() => setWay('table')}>
                Table
              </button>
              <button type="button" aria-pressed={way === 'pasted'} onClick={() => setWay('pasted')}>
                Paste
              </button>
            </div>
          </header>
          {way === 'table' ? (
            <>
              <GuidedTable
                study={study}
                sheet={chosen.sheet}
                decisions={decisions}
                onChange={(next) => {
                  setDecisions(next);
                  changed();
                }}
              />
              <FixedValues
                document={study.document}
                decisions={decisions}
                onChange={(fixed) => {
                  setDecisions({ ...decisions, fixed });
                  changed();
                }}
              />
              <MissingMarks
                marks={marksOf(chosen.sheet, study, decisions.targets)}
                codes={study.document.missing}
                missing={decisions.missing}
                onChange={(missing) => {
                  setDecisions({ ...decisions, missing });
                  changed();
                }}
              />
            </>
          ) : (
            <PastedMapping
              text={pasted}
              problem={pasted.trim() !== '' && 'open' in built ? (built.open[0] ?? null) : null}
              onChange={(text) => {
                setPasted(text);
                changed();
              }}
            />
          )}
        </section>
      )}
      {chosen && (
        <section className="card" aria-labelledby="run-title">
          <header>
            <div>
              <h2 id="run-title">3 Dry run, then import</h2>
              <p>All or nothing: one refused cell and nothing is written.</p>
            </div>
          </header>
          <div className="body stack">
            {'open' in built && built.open.length > 0 && (
              <ul className={css.open}>
                {built.open.slice(0, 6).map((line) => (
                  <li key={line}>{line}</li>
                ))}
                {built.open.length > 6 && <li>… and {built.open.length - 6} more.</li>}
              </ul>
            )}
            {report && <Report report={report} />}
            <Refusal cause={failure} />
            <div className="row wrap">
              <button
                type="button"
                className={`btn ${report && report.refusedTotal === 0 ? '' : 'pri'}`}
                disabled={!('mapping' in built) || running || done}
                onClick={() => 'mapping' in built && void run(built.mapping, true)}
              >
                Dry run
              </button>
              {report &&
                report.refusedTotal === 0 &&
                bringsSomething(report) &&
                !done &&
                'mapping' in built && (
                  <button
                    type="button"
                    className="btn pri"
                    disabled={running}
                    onClick={() => void run(built.mapping, false)}
                  >
                    Import {report.rows.toLocaleString('en-GB')} rows
                  </button>
                )}
            </div>
          </div>
        </section>
      )}
    </div>
  );
}

const nothing: Decisions = { targets: {}, codes: {}, missing: {}, fixed: {} };

function suggest(sheet: Sheet, study: StudyView): Decisions {
  const targets = suggestTargets(sheet.columns, study);
  const codes = Object.fromEntries(
    sheet.columns.flatMap((column) => {
      const options = codesOf(study, targets[column] ?? '');
      return options ? [[column, suggestCodes(cellsOf(sheet, column), options)]] : [];
    }),
  );
  return { ...nothing, targets, codes };
}
