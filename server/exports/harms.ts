import type { HarmContent, Seriousness } from '../harms/contract.ts';
import { harm } from '../harms/kind.ts';
import { isUnexpectedReaction } from '../harms/rules.ts';
import { type HarmReport, reportsOf } from '../harms/store.ts';
import { codesOf } from './entry.ts';
import { type Column, type RecordFile, recordsOfKind } from './recordFile.ts';

type Harms = Column<HarmContent, Map<string, HarmReport[]>>;
const yes = (holds: boolean): 'Y' | 'N' => (holds ? 'Y' : 'N');
const yesNo = codesOf([
  ['Y', 'yes'],
  ['N', 'no'],
]);

const actions: Record<HarmContent['action'], string> = {
  none: 'DOSE NOT CHANGED',
  reduced: 'DOSE REDUCED',
  interrupted: 'DRUG INTERRUPTED',
  stopped: 'DRUG WITHDRAWN',
  'not-applicable': 'NOT APPLICABLE',
  unknown: 'UNKNOWN',
};
const outcomes: Record<HarmContent['outcome'], string> = {
  recovered: 'RECOVERED/RESOLVED',
  recovering: 'RECOVERING/RESOLVING',
  'not-recovered': 'NOT RECOVERED/NOT RESOLVED',
  sequelae: 'RECOVERED/RESOLVED WITH SEQUELAE',
  fatal: 'FATAL',
  unknown: 'UNKNOWN',
};

const criterion = (column: string, label: string, id: Seriousness): Harms => ({
  column,
  label: `Serious: ${label}`,
  type: 'flag',
  codes: yesNo,
  value: ({ content }) => yes(content.serious.includes(id)),
});

/** Adverse events under the names of CDISC's AE domain; what it has no name for follows in lower case. */
export const harmsFile: RecordFile<HarmContent, Map<string, HarmReport[]>> = {
  id: 'harms',
  label: 'Adverse events',
  what: 'One row for each adverse event, with columns as in CDISC’s AE',
  source: recordsOfKind(harm),
  async extra(tx, caller) {
    const reports = await reportsOf(tx, caller.study.id);
    const of = new Map<string, HarmReport[]>();
    for (const report of reports) of.set(report.record_id, [...(of.get(report.record_id) ?? []), report]);
    return of;
  },
  columns: () => [
    {
      column: 'AESEQ',
      label: 'Number of it for the participant',
      type: 'integer',
      value: (one) => one.sequence,
    },
    {
      column: 'AETERM',
      label: 'Adverse event, as reported',
      type: 'text',
      typed: true,
      value: ({ content }) => content.term,
    },
    {
      column: 'AESTDTC',
      label: 'Onset; a part that isn’t known is left out',
      type: 'date',
      value: ({ content }) => content.onset,
    },
    { column: 'AEENDTC', label: 'End', type: 'date', value: ({ content }) => content.end },
    {
      column: 'AEENRTPT',
      label: 'Whether it goes on at the time of the file',
      type: 'code',
      codes: 'ONGOING',
      value: ({ content }) => (content.ongoing ? 'ONGOING' : ''),
    },
    {
      column: 'AESER',
      label: 'Serious',
      type: 'flag',
      codes: yesNo,
      value: ({ content }) => yes(content.serious.length > 0),
    },
    criterion('AESDTH', 'results in death', 'death'),
    criterion('AESLIFE', 'is life-threatening', 'life-threatening'),
    criterion('AESHOSP', 'requires or prolongs hospitalisation', 'hospitalisation'),
    criterion('AESDISAB', 'persistent or significant disability or incapacity', 'disability'),
    criterion('AESCONG', 'congenital anomaly or birth defect', 'congenital-anomaly'),
    criterion('AESMIE', 'other medically important event', 'other-important'),
    {
      column: 'AETOXGR',
      label: 'Severity',
      type: 'code',
      codes: codesOf([
        [1, 'mild'],
        [2, 'moderate'],
        [3, 'severe'],
        [4, 'life-threatening'],
        [5, 'fatal'],
      ]),
      value: ({ content }) => content.severity,
    },
    {
      column: 'AEREL',
      label: 'Related to what the participant gets in the study',
      type: 'code',
      value: ({ content }) => content.relatedness.toUpperCase(),
    },
    {
      column: 'AEACN',
      label: 'Action taken with study treatment',
      type: 'code',
      value: ({ content }) => actions[content.action],
    },
    { column: 'AEOUT', label: 'Outcome', type: 'code', value: ({ content }) => outcomes[content.outcome] },
    {
      column: 'expectedness',
      label: 'Expectedness, by an investigator',
      type: 'code',
      value: ({ content }) => content.expectedness,
    },
    {
      column: 'unexpected_reaction',
      label: 'Serious, suspected to be related, and unexpected',
      type: 'flag',
      codes: yesNo,
      value: ({ content }) => yes(isUnexpectedReaction(content)),
    },
    {
      column: 'narrative',
      label: 'Narrative',
      type: 'text',
      typed: true,
      value: ({ content }) => content.narrative,
    },
    {
      column: 'aware_at',
      label: 'When the site became aware, UTC',
      type: 'text',
      value: ({ content }) => content.awareAt,
    },
    {
      column: 'reported_at',
      label: 'First report to the sponsor, UTC',
      type: 'text',
      value: ({ stamp }, reports) => reports.get(stamp.id)?.[0]?.reported_at ?? '',
    },
    {
      column: 'reported_late',
      label: 'That report came later than 24 hours',
      type: 'flag',
      codes: yesNo,
      value: ({ stamp }, reports) => {
        const first = reports.get(stamp.id)?.[0];
        return first ? yes(first.late === 1) : '';
      },
    },
    {
      column: 'follow_up_reports',
      label: 'Reports after the first',
      type: 'integer',
      value: ({ stamp }, reports) => Math.max(0, (reports.get(stamp.id)?.length ?? 0) - 1),
    },
    {
      column: 'record_version',
      label: 'Version of the record',
      type: 'integer',
      value: ({ stamp }) => stamp.version,
    },
  ],
};
