import type { ImportMapping } from '../../server/imports/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { t } from '../language/t.ts';
import { cellsOf, type Sheet } from './readCsv.ts';
import { codesOf, type Target } from './target.ts';

/** What was decided in the guided table. */
export interface Decisions {
  targets: Readonly<Record<string, Target>>;
  /** Column → cell → code, where a column's cells need one. */
  codes: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Cell → missing code, for every column of answers; the empty cell is ''. */
  missing: Readonly<Record<string, string>>;
  /** Where the file has no column for them: the site, and the days. */
  fixed: { site?: string; screenedOn?: string; randomisedOn?: string };
}

/** A mapping, or what is still to be decided. */
export type Built = { mapping: ImportMapping } | { open: string[] };

/** Turns the decisions into the mapping that the server takes. */
export function buildMapping(sheet: Sheet, study: StudyView, decisions: Decisions): Built {
  const { targets, codes, fixed } = decisions;
  const columnOf = (target: Target) => sheet.columns.find((column) => targets[column] === target);
  const open = sheet.columns
    .filter((column) => !targets[column])
    .map((column) => t('Choose what “{column}” becomes, or leave it out.', { column }));
  const participant = columnOf('participant');
  if (!participant) open.unshift(t('Choose the column of the participant ID.'));
  for (const column of sheet.columns) {
    const wanted = codesOf(study, targets[column] ?? '');
    const without = wanted
      ? cellsOf(sheet, column).filter(({ cell }) => cell !== '' && !codes[column]?.[cell])
      : [];
    if (without.length > 0)
      open.push(
        t('“{column}”: choose what {map} means.', {
          column,
          map: without
            .map(({ cell }) => `“${cell}”`)
            .slice(0, 5)
            .join(', '),
        }),
      );
  }
  const arm = columnOf('arm');
  const randomisedOn = dayOf(columnOf('randomised'), fixed.randomisedOn);
  if (arm && !randomisedOn) open.push(t('Arms need the day of randomisation: visits count from it.'));
  const screenedOn = dayOf(columnOf('screened'), fixed.screenedOn);
  if (!screenedOn && !randomisedOn)
    open.push(t('Give the day of screening, as a column or as one day for all.'));
  if (open.length > 0 || !participant) return { open };

  const site = columnOf('site');
  const parts = (kind: string) =>
    sheet.columns.flatMap((column) => {
      const [first, ...rest] = (targets[column] ?? '').split('/');
      return first === kind ? [{ column, rest }] : [];
    });
  return {
    mapping: {
      participant: { column: participant },
      ...(site
        ? { site: { column: site, codes: codes[site] } }
        : fixed.site
          ? { site: { value: fixed.site } }
          : {}),
      ...(screenedOn && { screenedOn }),
      ...(arm && { arm: { column: arm, codes: { ...codes[arm] } } }),
      ...(arm && randomisedOn && { randomisedOn }),
      screening: parts('screening').map(({ column, rest: [field] }) => ({
        field: field!,
        column,
        ...(codes[column] && { codes: codes[column] }),
      })),
      answers: parts('answer').map(({ column, rest: [visit, instrument, item] }) => ({
        column,
        visit: visit!,
        instrument: instrument!,
        item: item!,
        missing: missingIn(sheet, column, decisions.missing),
      })),
      assessedOn: parts('assessed').map(({ column, rest: [visit, instrument] }) => ({
        column,
        visit: visit!,
        instrument: instrument!,
      })),
      ignore: sheet.columns.filter((column) => targets[column] === 'ignore'),
      delimiter: sheet.delimiter,
    },
  };
}

function dayOf(
  column: string | undefined,
  value: string | undefined,
): { column: string } | { value: string } | undefined {
  if (column) return { column };
  return value ? { value } : undefined;
}

/** Only the marks that the column really has: a mapping should say what it does, not what it might. */
function missingIn(sheet: Sheet, column: string, missing: Decisions['missing']): Record<string, string> {
  const cells = new Set(cellsOf(sheet, column).map(({ cell }) => cell));
  return Object.fromEntries(Object.entries(missing).filter(([cell, code]) => code !== '' && cells.has(cell)));
}
