import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, idempotencyKey, partialDay, participantParams, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import {
  corrects,
  freeText,
  recordStamp,
  recordsQuery,
  strikes,
  tellsVersions,
} from '../records/contract.ts';

export const medicationContent = z.strictObject({
  drug: freeText(120).min(2).describe('Generic or trade name.'),
  dose: z.number().positive().max(1_000_000).nullable(),
  unit: freeText(20).describe('Of the dose, such as mg; empty where there is no dose.'),
  frequency: freeText(60).describe('Such as once a day, or as needed.'),
  indication: freeText(120),
  start: partialDay.nullable().describe('Null: not known. A part of the day may be unknown.'),
  end: partialDay.nullable(),
  ongoing: z.boolean(),
  event: identifier
    .nullable()
    .describe('One of the protocol’s events that this medication is, if it is one.'),
});
export type MedicationContent = z.infer<typeof medicationContent>;

const family = {
  id: 'medication',
  what: 'a concomitant medication',
  content: medicationContent,
  read: 'medication.read',
  write: 'medication.record',
} as const;

export const medicationView = z.strictObject({ ...recordStamp, content: medicationContent });
export type MedicationView = z.infer<typeof medicationView>;

export const listMedication = endpoint({
  id: 'medication.list',
  method: 'get',
  path: '/api/studies/:study/medication',
  summary: 'Concomitant medication of the participants, or of one',
  access: 'medication.read',
  params: studyParams,
  query: recordsQuery,
  reply: z.strictObject({ rows: z.array(medicationView) }),
});

export const addMedication = endpoint({
  id: 'medication.add',
  method: 'post',
  path: '/api/studies/:study/participants/:participant/medication',
  summary: 'Record a concomitant medication, and if asked for the protocol’s event that it is',
  access: 'medication.record',
  params: participantParams,
  body: z.strictObject({
    key: idempotencyKey,
    content: medicationContent,
    recordEventOn: day
      .nullable()
      .default(null)
      .describe('Also records the event that `content.event` names, on this day.'),
  }),
  reply: z.strictObject({ id: z.string(), version: z.int(), event: z.string().nullable() }),
});
export const correctMedication = corrects(family);
export const strikeMedication = strikes(family);
export const medicationVersions = tellsVersions(family);
