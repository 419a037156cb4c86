import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { studyParams } from '../http/wire.ts';
import { studyLocked } from '../locks/contract.ts';

const exportOf = (id: string, file: string, summary: string) =>
  endpoint({
    id: `exports.${id}`,
    method: 'get',
    path: `/api/studies/:study/exports/${file}`,
    summary,
    access: 'exports.take',
    params: studyParams,
    produces: 'text/csv',
  });

/** One row an answer or score: participant, visit, instrument, item, value, missing reason, … */
export const exportLong = exportOf(
  'long',
  'long.csv',
  'Tidy long data: one row for each answer and score; streamed',
);
/** One row a participant. */
export const exportWide = exportOf('wide', 'wide.csv', 'Wide data: one row for each participant; streamed');
export const exportHarms = exportOf('harms', 'harms.csv', 'Adverse events, with columns as in CDISC’s AE');
export const exportDeviations = exportOf('deviations', 'deviations.csv', 'Recorded protocol deviations');
export const exportMedication = exportOf(
  'medication',
  'medication.csv',
  'Concomitant medication, with columns as in CDISC’s CM',
);
export const exportSessions = exportOf(
  'sessions',
  'sessions.csv',
  'Therapy sessions: attendance and fidelity; never for a blinded role',
);
export const exportEvents = exportOf(
  'events',
  'events.csv',
  'Events of the protocol, and what of the follow-up stopped or went on again',
);
export const exportDictionary = exportOf('dictionary', 'dictionary.csv', 'Data dictionary of both exports');
export const listExports = endpoint({
  id: 'exports.list',
  method: 'get',
  path: '/api/studies/:study/exports',
  summary: 'What can be exported, with rows and the time of the last change',
  access: 'exports.take',
  params: studyParams,
  reply: z.strictObject({
    asOf: z.iso.datetime(),
    locked: studyLocked,
    files: z.array(
      z.strictObject({
        id: z.string(),
        file: z.string(),
        label: z.string(),
        what: z.string(),
        rows: z.int(),
      }),
    ),
  }),
});
