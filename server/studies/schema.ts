import { z } from 'zod';
import { importMapping } from '../imports/contract.ts';
import { instrumentDocument } from '../instruments/document.ts';
import { studyDocument } from './document.ts';

/**
 * JSON Schemas of the documents, for editors that complete and check YAML. They are in draft 7, which the YAML
 * language server reads best, and describe what an author writes: a key with a default may be left out.
 */
export const studySchema = (): object => schemaOf(studyDocument, 'Equipoise study document');
export const instrumentSchema = (): object => schemaOf(instrumentDocument, 'Equipoise instrument document');
export const mappingSchema = (): object => schemaOf(importMapping, 'Equipoise import mapping');

function schemaOf(schema: z.ZodType, title: string): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return { $schema, title, ...rest };
}
