import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { studyParams } from '../http/wire.ts';
import { languages } from '../language/language.rules.ts';

export const paperName = z.enum(['consort.html', 'consort.pdf']);

export const takeConsort = endpoint({
  id: 'reports.consort',
  method: 'get',
  path: '/api/studies/:study/reports/:paper',
  summary:
    'The CONSORT report for paper: flow, randomisation, baseline, primary result, harms; pooled for a blinded role',
  access: 'reports.consort',
  params: studyParams.extend({ paper: paperName }),
  query: z.strictObject({
    language: z
      .enum(languages)
      .optional()
      .describe('Of the report: English for a journal, say; else the one that the request asks for.'),
  }),
  produces: 'application/octet-stream',
});
