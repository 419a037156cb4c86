import type { DeviationContent } from '../deviations/contract.ts';
import { deviation } from '../deviations/kind.ts';
import { deviationCategories } from '../deviations/rules.ts';
import { codesOf } from './entry.ts';
import { type RecordFile, recordsOfKind } from './recordFile.ts';

/** Deviations that people recorded, under the names of CDISC's DV domain where it has one. */
export const deviationsFile: RecordFile<DeviationContent, null> = {
  id: 'deviations',
  label: 'Protocol deviations',
  what: 'One row for each recorded deviation',
  source: recordsOfKind(deviation),
  extra: async () => null,
  columns: (document) => [
    {
      column: 'DVSEQ',
      label: 'Number of it for the participant',
      type: 'integer',
      value: (one) => one.sequence,
    },
    {
      column: 'DVTERM',
      label: 'What happened',
      type: 'text',
      typed: true,
      value: ({ content }) => content.description,
    },
    {
      column: 'DVCAT',
      label: 'Category',
      type: 'code',
      codes: codesOf(deviationCategories(document).map(({ id, label }) => [id, label])),
      value: ({ content }) => content.category,
    },
    { column: 'DVSTDTC', label: 'Day', type: 'date', value: ({ content }) => content.on },
    { column: 'severity', label: 'Minor or major', type: 'code', value: ({ content }) => content.severity },
    {
      column: 'action',
      label: 'What was done',
      type: 'text',
      typed: true,
      value: ({ content }) => content.action,
    },
    {
      column: 'reviewed_by',
      label: 'Reviewed by',
      type: 'text',
      typed: true,
      value: ({ content }) => content.review?.by ?? '',
    },
    {
      column: 'reviewed_at',
      label: 'Reviewed, UTC',
      type: 'text',
      value: ({ content }) => content.review?.at ?? '',
    },
    {
      column: 'record_version',
      label: 'Version of the record',
      type: 'integer',
      value: ({ stamp }) => stamp.version,
    },
  ],
};
