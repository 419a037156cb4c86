import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type ImportMapping, type ImportReport, runImport } from '../../server/imports/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { call, newKey } from '../api.ts';
import { dropKey, keptKey } from '../enrol/keptKey.ts';
import { buildMapping, type Decisions } from './buildMapping.ts';
import { type Chosen, FileStep } from './FileStep.tsx';
import css from './imports.module.css';
import { MappingCard, type Way } from './MappingCard.tsx';
import { suggestCodes } from './marks.ts';
import { parseMapping } from './parseMapping.ts';
import { RunCard } from './RunCard.tsx';
import { cellsOf, type Sheet } from './readCsv.ts';
import { suggestTargets } from './suggest.ts';
import { codesOf } from './target.ts';

/** File, mapping, dry run, import: the last only once the third refused nothing. */
export function ImportSteps({ study }: { study: StudyView }) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [way, setWay] = useState<Way>('table');
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
        <MappingCard
          study={study}
          sheet={chosen.sheet}
          way={way}
          decisions={decisions}
          pasted={pasted}
          problem={pasted.trim() !== '' && 'open' in built ? (built.open[0] ?? null) : null}
          onWay={(to) => {
            setWay(to);
            changed();
          }}
          onDecide={(next) => {
            setDecisions(next);
            changed();
          }}
          onPaste={(text) => {
            setPasted(text);
            changed();
          }}
        />
      )}
      {chosen && (
        <RunCard
          built={built}
          report={report}
          failure={failure}
          running={running}
          onRun={(mapping, dryRun) => void run(mapping, dryRun)}
        />
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
