import type { StudyView } from '../../server/studies/contract.ts';
import { t } from '../language/t.ts';
import type { Decisions } from './buildMapping.ts';
import { FixedValues } from './FixedValues.tsx';
import { GuidedTable } from './GuidedTable.tsx';
import css from './imports.module.css';
import { MissingMarks } from './MissingMarks.tsx';
import { marksOf } from './marks.ts';
import { PastedMapping } from './PastedMapping.tsx';
import type { Sheet } from './readCsv.ts';

export type Way = 'table' | 'pasted';

interface Props {
  study: StudyView;
  sheet: Sheet;
  way: Way;
  decisions: Decisions;
  pasted: string;
  /** What is wrong with the pasted mapping. */
  problem: string | null;
  onWay(way: Way): void;
  onDecide(decisions: Decisions): void;
  onPaste(text: string): void;
}

/** What each column becomes: decided in a table, or pasted as it was written before. */
export function MappingCard(props: Props) {
  const { study, sheet, way, decisions, onWay, onDecide } = props;
  return (
    <section className="card" aria-labelledby="mapping-title">
      <header>
        <div>
          <h2 id="mapping-title">{t('2 Mapping')}</h2>
          <p>{t('What each column becomes. Names that are known are filled in; look them over.')}</p>
        </div>
        <div className={`tools segments ${css.ways}`}>
          <button type="button" aria-pressed={way === 'table'} onClick={() => onWay('table')}>
            {t('Table')}
          </button>
          <button type="button" aria-pressed={way === 'pasted'} onClick={() => onWay('pasted')}>
            {t('Paste')}
          </button>
        </div>
      </header>
      {way === 'table' ? (
        <>
          <GuidedTable study={study} sheet={sheet} decisions={decisions} onChange={onDecide} />
          <FixedValues
            document={study.document}
            decisions={decisions}
            onChange={(fixed) => onDecide({ ...decisions, fixed })}
          />
          <MissingMarks
            marks={marksOf(sheet, study, decisions.targets)}
            codes={study.document.missing}
            missing={decisions.missing}
            onChange={(missing) => onDecide({ ...decisions, missing })}
          />
        </>
      ) : (
        <PastedMapping text={props.pasted} problem={props.problem} onChange={props.onPaste} />
      )}
    </section>
  );
}
