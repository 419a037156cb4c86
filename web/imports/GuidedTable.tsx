import { useState } from 'react';
import type { StudyView } from '../../server/studies/contract.ts';
import { t } from '../language/t.ts';
import type { Decisions } from './buildMapping.ts';
import { CodeTable } from './CodeTable.tsx';
import css from './imports.module.css';
import { suggestCodes } from './marks.ts';
import { cellsOf, type Sheet } from './readCsv.ts';
import { codesOf, type Target, type TargetGroup, targetsOf } from './target.ts';

interface Props {
  study: StudyView;
  sheet: Sheet;
  decisions: Decisions;
  onChange(decisions: Decisions): void;
}

/** One row for each column of the file: what stands in it, and what it becomes. */
export function GuidedTable({ study, sheet, decisions, onChange }: Props) {
  const groups = targetsOf(study);
  const { targets, codes } = decisions;
  const choose = (column: string, target: Target) => {
    const options = codesOf(study, target);
    onChange({
      ...decisions,
      targets: { ...targets, [column]: target },
      codes: { ...codes, [column]: options ? suggestCodes(cellsOf(sheet, column), options) : {} },
    });
  };
  return (
    <table className={`table ${css.columns}`}>
      <thead>
        <tr>
          <th scope="col">{t('Column')}</th>
          <th scope="col">{t('In the file')}</th>
          <th scope="col">{t('Becomes')}</th>
        </tr>
      </thead>
      <tbody>
        {sheet.columns.map((column) => {
          const cells = cellsOf(sheet, column);
          const target = targets[column] ?? '';
          const options = codesOf(study, target);
          return (
            <tr key={column} data-open={target === '' || undefined}>
              <th scope="row">{column}</th>
              <td className={css.sample}>
                {cells.slice(0, 3).map(({ cell }) => (
                  <span key={cell}>{cell === '' ? t('empty') : cell}</span>
                ))}
                {cells.length > 3 && (
                  <small>
                    {t('{differentCells, plural, one {# different cell} other {# different cells}}', {
                      differentCells: cells.length,
                    })}
                  </small>
                )}
              </td>
              <td>
                <TargetSelect
                  column={column}
                  target={target}
                  groups={groups}
                  onChoose={(to) => choose(column, to)}
                />
                {options && (
                  <CodeTable
                    column={column}
                    cells={cells.map(({ cell }) => cell).filter((cell) => cell !== '')}
                    options={options}
                    codes={codes[column] ?? {}}
                    onChange={(next) => onChange({ ...decisions, codes: { ...codes, [column]: next } })}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function TargetSelect({
  column,
  target,
  groups,
  onChoose,
}: {
  column: string;
  target: Target;
  groups: readonly TargetGroup[];
  onChoose(target: Target): void;
}) {
  // A wide file has hundreds of these; the long list is built for the one that is being used.
  const [inUse, setInUse] = useState(false);
  const shown = inUse
    ? groups
    : groups.flatMap((group) => {
        const targets = group.targets.filter(({ value }) => value === target);
        return targets.length > 0 ? [{ ...group, targets }] : [];
      });
  return (
    <select
      className="inp"
      aria-label={t('What {column} becomes', { column })}
      value={target}
      onFocus={() => setInUse(true)}
      onPointerDown={() => setInUse(true)}
      onChange={(event) => onChoose(event.target.value)}
    >
      <option value="">{t('Not decided')}</option>
      <option value="ignore">{t('Left out')}</option>
      {shown.map((group) => (
        <optgroup key={group.label} label={group.label}>
          {group.targets.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}
