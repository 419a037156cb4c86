import type { MedicationContent } from '../medication/contract.ts';
import { medication } from '../medication/kind.ts';
import { type RecordFile, recordsOfKind } from './recordFile.ts';

/** Concomitant medication under the names of CDISC's CM domain. */
export const medicationFile: RecordFile<MedicationContent, null> = {
  id: 'medication',
  label: 'Concomitant medication',
  what: 'One row for each medication, with columns as in CDISC’s CM',
  source: recordsOfKind(medication),
  extra: async () => null,
  columns: () => [
    {
      column: 'CMSEQ',
      label: 'Number of it for the participant',
      type: 'integer',
      value: (one) => one.sequence,
    },
    {
      column: 'CMTRT',
      label: 'Medication, as reported',
      type: 'text',
      typed: true,
      value: ({ content }) => content.drug,
    },
    { column: 'CMDOSE', label: 'Dose', type: 'number', value: ({ content }) => content.dose },
    {
      column: 'CMDOSU',
      label: 'Unit of the dose',
      type: 'text',
      typed: true,
      value: ({ content }) => content.unit,
    },
    {
      column: 'CMDOSFRQ',
      label: 'Frequency',
      type: 'text',
      typed: true,
      value: ({ content }) => content.frequency,
    },
    {
      column: 'CMINDC',
      label: 'Indication',
      type: 'text',
      typed: true,
      value: ({ content }) => content.indication,
    },
    {
      column: 'CMSTDTC',
      label: 'Start; a part that isn’t known is left out',
      type: 'date',
      value: ({ content }) => content.start,
    },
    { column: 'CMENDTC', label: 'End', type: 'date', value: ({ content }) => content.end },
    {
      column: 'CMENRTPT',
      label: 'Whether it goes on at the time of the file',
      type: 'code',
      codes: 'ONGOING',
      value: ({ content }) => (content.ongoing ? 'ONGOING' : ''),
    },
    {
      column: 'event',
      label: 'The protocol’s event that it is',
      type: 'identifier',
      value: ({ content }) => content.event,
    },
    {
      column: 'record_version',
      label: 'Version of the record',
      type: 'integer',
      value: ({ stamp }) => stamp.version,
    },
  ],
};
