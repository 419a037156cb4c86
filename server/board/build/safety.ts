import type { Connection } from '../../db/database.ts';
import type { HarmContent } from '../../harms/contract.ts';
import { harm } from '../../harms/kind.ts';
import { isRelated, isUnexpectedReaction } from '../../harms/rules.ts';
import { readRecords } from '../../records/read.ts';
import type { Caller } from '../../services.ts';
import type { CountRow } from '../document.ts';
import { countRow, type Placed } from './counts.ts';

export interface Harm {
  code: string;
  content: HarmContent;
}

/** Adverse events of participants that weren't struck through. */
export async function harmsOf(db: Connection, caller: Caller): Promise<Harm[]> {
  const records = await readRecords(db, caller, harm);
  return records.flatMap(({ stamp, content }) =>
    stamp.struck || stamp.participant === null ? [] : [{ code: stamp.participant, content }],
  );
}

const grades = ['mild', 'moderate', 'severe', 'life-threatening', 'fatal'];

/** Item 27 of CONSORT 2025 as counts. No words that anybody typed: those can tell treatments apart. */
export function safetyRows(harms: readonly Harm[], placed: Placed): CountRow[] {
  const row = (label: string, which: (content: HarmContent) => boolean): CountRow =>
    countRow(
      label,
      placed,
      harms.filter(({ content }) => which(content)).map(({ code }) => code),
      true,
    );
  return [
    row('Any adverse event', () => true),
    row('Serious adverse event', ({ serious }) => serious.length > 0),
    row('Related (possibly, probably or definitely)', isRelated),
    row('Serious and related', (content) => content.serious.length > 0 && isRelated(content)),
    row('Suspected unexpected serious reaction', isUnexpectedReaction),
    row('Led to stopping the study treatment', ({ action }) => action === 'stopped'),
    ...grades.map((grade, index) =>
      row(`Grade ${index + 1}, ${grade}`, ({ severity }) => severity === index + 1),
    ),
  ];
}
