import { groupsOf, therapistsOf } from '../groups/store.ts';
import { recordsOf } from '../records/store.ts';
import type { FidelityContent, SessionContent } from '../sessions/contract.ts';
import { session } from '../sessions/kind.ts';
import { type RecordFile, recordsOfKind } from './recordFile.ts';

interface Extra {
  names: Map<string, string>;
  /** Sheet → its ratings, from the first on. */
  ratings: Map<string, FidelityContent[]>;
}

/** Who came to which session, and how the session was rated. Sessions tell arms, so that a blinded role has no such file. */
export const sessionsFile: RecordFile<SessionContent, Extra> = {
  id: 'sessions',
  label: 'Therapy sessions',
  what: 'One row for each participant and session: attendance and fidelity',
  source: recordsOfKind(session),
  async extra(tx, { study, sites }) {
    const led = [...(await therapistsOf(tx, study.id)), ...(await groupsOf(tx, study.id))];
    const rated = (await recordsOf(tx, study.id, 'fidelity', { sites })).filter(({ struck }) => struck === 0);
    const ratings = new Map<string, FidelityContent[]>();
    for (const { sheet, content } of rated)
      ratings.set(sheet!, [...(ratings.get(sheet!) ?? []), JSON.parse(content) as FidelityContent]);
    return { names: new Map(led.map(({ id, name }) => [id, name])), ratings };
  },
  columns: (document) => [
    {
      column: 'session',
      label: 'Number of the session for the participant',
      type: 'integer',
      value: ({ content }) => content.number,
    },
    { column: 'on', label: 'Day', type: 'date', value: ({ content }) => content.on },
    {
      column: 'attendance',
      label: 'Attended or missed',
      type: 'code',
      value: ({ content }) => content.attendance,
    },
    {
      column: 'missed_reason',
      label: 'Why it was missed',
      type: 'text',
      typed: true,
      value: ({ content }) => content.missedReason,
    },
    {
      column: 'minutes',
      label: 'Length in minutes',
      type: 'integer',
      value: ({ content }) => content.minutes,
    },
    {
      column: 'therapist',
      label: 'Therapist',
      type: 'text',
      typed: true,
      value: ({ content }, { names }) => names.get(content.therapist ?? '') ?? '',
    },
    {
      column: 'group',
      label: 'Group; empty for individual therapy',
      type: 'text',
      typed: true,
      value: ({ content }, { names }) => names.get(content.group ?? '') ?? '',
    },
    {
      column: 'sheet',
      label: 'The session itself: the same for everyone of a group',
      type: 'identifier',
      value: ({ row }) => row.sheet,
    },
    ...(document.fidelity ?? []).map(({ id, label, min, max }) => ({
      column: `fidelity.${id}`,
      label: `${label}, ${min} to ${max}: mean of the session’s ratings`,
      type: 'number' as const,
      value: ({ row }: { row: { sheet: string | null } }, { ratings }: Extra) =>
        meanOf((ratings.get(row.sheet ?? '') ?? []).flatMap((one) => one.ratings[id] ?? [])),
    })),
    {
      column: 'record_version',
      label: 'Version of the record',
      type: 'integer',
      value: ({ stamp }) => stamp.version,
    },
  ],
};

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
