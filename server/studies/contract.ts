import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { instant, studyParams } from '../http/wire.ts';
import { identifier, instrumentDocument } from '../instruments/document.ts';
import { studyDocument } from './document.ts';

/**
 * The protocol as a role may see it. Arms are part of the protocol, which everyone in the trial knows;
 * what a blinded role never learns is which participant is in which.
 */
export const studyView = z.strictObject({
  id: identifier,
  synthetic: z.boolean(),
  syntheticNote: z.string().nullable(),
  document: studyDocument,
  instruments: z.array(instrumentDocument),
  hash: z.string().describe('SHA-256 of the document in canonical form.'),
  activatedAt: instant,
});
export type StudyView = z.infer<typeof studyView>;

export const readStudy = endpoint({
  id: 'studies.read',
  method: 'get',
  path: '/api/studies/:study',
  summary: 'The study document in force with its instruments',
  access: 'study.read',
  params: studyParams,
  reply: studyView,
});
