import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { idempotencyKey, instant, reason, studyParams } from '../../http/wire.ts';
import { identifier } from '../../instruments/document.ts';
import { chartTable } from '../../results/contract.ts';
import { analysisChoice } from '../../studies/document.ts';
import { resultsDocument } from '../results.ts';

const hash = z.string().describe('SHA-256, in hexadecimal.');

export const runView = z.strictObject({
  id: z.string(),
  number: z.int().describe('Runs of the study are counted from 1, whoever started them.'),
  label: z.string(),
  perPlan: z.boolean().describe('False: exploratory.'),
  estimand: identifier
    .nullable()
    .describe('The planned analysis; null: the whole plan, or a choice outside it.'),
  choice: analysisChoice.nullable().describe('What it asked; null: every analysis of the plan.'),
  analyses: z.int(),
  planHash: hash,
  dataHash: hash,
  cutOff: instant.describe('Of the last change that the data include.'),
  dataState: z
    .enum(['open', 'partly-locked', 'frozen', 'locked'])
    .describe('Whether data could still change.'),
  participants: z.int(),
  studyVersion: z.int(),
  codeVersion: z.string(),
  seed: z.int(),
  at: instant,
  by: z.string(),
  status: z
    .enum(['running', 'done', 'failed', 'cancelled', 'interrupted'])
    .describe('Interrupted: the server stopped before it was done.'),
  progress: z.number().min(0).max(1).nullable(),
  endedAt: instant.nullable(),
  failure: z.string().nullable(),
  resultHash: hash.nullable().describe('Of the numbers alone.'),
  sameAs: z
    .strictObject({ number: z.int(), identical: z.boolean() })
    .nullable()
    .describe(
      'An earlier run with the same plan, data, seed and code, and whether its numbers are the same.',
    ),
  mark: z
    .strictObject({
      reported: z.boolean(),
      reason: z.string(),
      at: instant,
      by: z.string(),
      version: z.int(),
    })
    .nullable()
    .describe('Whether its results were reported, as the statistician says.'),
});
export type RunView = z.infer<typeof runView>;

const runParams = studyParams.extend({ run: z.string().min(1).max(64) });

export const listRuns = endpoint({
  id: 'analyses.list',
  method: 'get',
  path: '/api/studies/:study/analyses',
  summary: 'Every run of an analysis, reported or not, newest first',
  access: 'analyses.read',
  params: studyParams,
  reply: z.strictObject({
    cutOff: instant,
    dataState: runView.shape.dataState,
    codeVersion: z.string(),
    replayable: z.string().nullable().describe('Why a re-randomisation test can’t be done; null: it can.'),
    runs: z.array(runView),
  }),
});

export const startRun = endpoint({
  id: 'analyses.run',
  method: 'post',
  path: '/api/studies/:study/analyses',
  summary: 'Run the plan, or one analysis of it or outside it, on the data as they are now',
  access: 'analyses.run',
  params: studyParams,
  body: z.strictObject({
    key: idempotencyKey,
    seed: z.int().min(0).max(2_147_483_647).default(1).describe('Of imputation and resampling.'),
    choice: analysisChoice.nullable().describe('One analysis; null: every analysis of the plan.'),
  }),
  reply: z.strictObject({ id: z.string(), number: z.int() }),
});

export const runCard = z.strictObject({
  title: z.string(),
  observed: z
    .boolean()
    .describe('True: what was observed of the measure, whatever the choices; false: of the analysis itself.'),
  subtitle: z.string(),
  description: z.string(),
  light: z.string().describe('SVG.'),
  dark: z.string().describe('SVG.'),
  table: chartTable,
});

export const readRun = endpoint({
  id: 'analyses.read',
  method: 'get',
  path: '/api/studies/:study/analyses/:run',
  summary: 'A run with its results, and the pictures of one of its analyses',
  access: 'analyses.read',
  params: runParams,
  query: z.strictObject({
    analysis: identifier.optional().describe('Whose pictures; the first where absent.'),
    layout: z.enum(['wide', 'phone']).default('wide'),
  }),
  reply: z.strictObject({
    run: runView,
    results: resultsDocument.nullable(),
    cards: z.array(runCard),
    code: z
      .string()
      .nullable()
      .describe(
        'An R script that makes the numbers of this analysis from the CSV; null where there is none.',
      ),
    noCode: z.string().nullable().describe('Why there is no script.'),
    elsewhere: z
      .array(
        z.strictObject({
          programme: z.enum(['SAS', 'Stata', 'SPSS']),
          code: z.string().nullable(),
          reason: z.string().nullable().describe('Why there is no script.'),
        }),
      )
      .describe('Scripts for other programmes, over values.csv. No test runs them.'),
  }),
});

export const cancelRun = endpoint({
  id: 'analyses.cancel',
  method: 'post',
  path: '/api/studies/:study/analyses/:run/cancel',
  summary: 'Stop a run that is under way',
  access: 'analyses.run',
  params: runParams,
  body: z.strictObject({}),
  reply: z.strictObject({ status: runView.shape.status }),
});

export const markRun = endpoint({
  id: 'analyses.mark',
  method: 'post',
  path: '/api/studies/:study/analyses/:run/mark',
  summary: 'Say whether a run was reported, and why or why not',
  access: 'analyses.run',
  params: runParams,
  body: z.strictObject({
    version: z.int().min(0).describe('Of the mark that it replaces; 0: there is none.'),
    reported: z.boolean(),
    reason,
  }),
  reply: z.strictObject({ version: z.int() }),
});

export const runFileName = z.enum([
  'data.csv',
  'plan.yaml',
  'results.json',
  'results.csv',
  'code.R',
  'values.csv',
  'code.sas',
  'code.do',
  'code.sps',
  'bundle.tar',
]);
export type RunFileName = z.infer<typeof runFileName>;

export const runFile = endpoint({
  id: 'analyses.file',
  method: 'get',
  path: '/api/studies/:study/analyses/:run/files/:name',
  summary: 'What a run took and made: data, plan, results, script, or all of them in one archive',
  access: 'analyses.read',
  params: runParams.extend({ name: runFileName }),
  query: z.strictObject({
    analysis: identifier.optional().describe('Whose script; the first where absent.'),
  }),
  produces: 'application/octet-stream',
});

export const runPicture = endpoint({
  id: 'analyses.picture',
  method: 'get',
  path: '/api/studies/:study/analyses/:run/pictures/:number',
  summary: 'One picture of a run to take away, or its numbers or its spec',
  access: 'analyses.read',
  params: runParams.extend({ number: z.coerce.number().int().min(1).describe('Its place, from 1.') }),
  query: z.strictObject({
    analysis: identifier.optional().describe('Whose pictures; the first where absent.'),
    as: z.enum(['svg', 'png', 'csv', 'vl.json']).default('svg'),
    theme: z.enum(['light', 'dark']).default('light'),
  }),
  produces: 'application/octet-stream',
});
