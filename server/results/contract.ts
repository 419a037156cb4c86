import { z } from 'zod';
import { endpoint } from '../http/endpoint.ts';
import { day, instant, studyParams } from '../http/wire.ts';
import { identifier } from '../instruments/document.ts';
import { languages } from '../language/language.rules.ts';
import { studyLocked } from '../locks/contract.ts';

const asOf = instant
  .optional()
  .describe('Figures as the data stood at this instant; as they stand where absent.');

/** What is asked of the data, whenever. */
export const resultsChoice = z.strictObject({
  site: identifier.optional(),
  population: z.enum(['all-randomised', 'started-treatment']).default('all-randomised'),
  outcome: identifier.optional().describe('A response or threshold outcome; the first one where absent.'),
  visit: identifier
    .optional()
    .describe(
      'Figures of one visit are of this one; of all, or of that of the primary analysis, where absent.',
    ),
  missing: z.enum(['observed', 'non-response']).default('observed'),
  layout: z.enum(['wide', 'phone']).default('wide').describe('Which card the pictures are drawn for.'),
});
export type ResultsQuery = z.infer<typeof resultsChoice>;

export const resultsQuery = resultsChoice.extend({ asOf });
export type ResultsAddress = z.infer<typeof resultsQuery>;

/** What one chart can be asked beside what every figure is asked. */
export const chartQuery = resultsQuery.extend({
  instrument: identifier.optional().describe('Whose answers; the first that has items where absent.'),
  arm: identifier.optional().describe('Which arm is compared with the reference; the first where absent.'),
});
export type ChartQuery = z.infer<typeof chartQuery>;
/** The same, whenever. */
export type ChartQuestion = Omit<ChartQuery, 'asOf'>;

export const furtherId = z.enum([
  'missing-rules',
  'cumulative',
  'trajectories',
  'raincloud',
  'waterfall',
  'items',
  'missing',
  'survival',
  'tipping',
  'balance',
  'subgroups',
  'sites',
  'timeliness',
  'query-ageing',
]);
export type FurtherId = z.infer<typeof furtherId>;

export const chartId = z.enum([
  'consort',
  'recruitment',
  'response',
  'risk-difference',
  'mean-change',
  ...furtherId.options,
]);
export type ChartId = z.infer<typeof chartId>;

/** A table as every chart has one: the same numbers, readable without eyes for colour. */
export const chartTable = z.strictObject({
  columns: z.array(z.strictObject({ id: z.string(), label: z.string(), numeric: z.boolean() })),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
});

export const chartCard = z.strictObject({
  id: chartId,
  title: z.string(),
  subtitle: z.string(),
  description: z.string().describe('One full sentence or more that carries the numbers.'),
  light: z.string().describe('SVG.'),
  dark: z.string().describe('SVG.'),
  table: chartTable,
  choices: z
    .array(
      z.strictObject({
        name: z.enum(['instrument', 'visit', 'arm']),
        label: z.string(),
        value: z.string(),
        options: z.array(z.strictObject({ id: z.string(), label: z.string() })),
      }),
    )
    .optional()
    .describe('What this chart alone can be asked.'),
  pending: z.boolean().optional().describe('True: part of it is still being computed; ask again.'),
});
export type ChartCard = z.infer<typeof chartCard>;

export const dashboard = z.strictObject({
  asOf: instant.describe('Of the last change that the numbers include.'),
  locked: studyLocked,
  masked: z.boolean().describe('True: figures are pooled over the arms, or arms stand behind letters.'),
  showing: z.enum(['open', 'masked', 'pooled']).describe('Arms by name, behind letters, or pooled.'),
  maskReason: z.string().nullable(),
  live: z
    .boolean()
    .describe('False: figures as of an instant that was asked for, or that move on each week.'),
  smallest: z.int().nullable().describe('Smaller counts are hidden.'),
  synthetic: z.boolean(),
  filters: z.strictObject({
    sites: z.array(z.strictObject({ id: identifier, label: z.string() })),
    outcomes: z.array(z.strictObject({ id: identifier, label: z.string() })),
    visits: z.array(z.strictObject({ id: identifier, label: z.string() })).describe('After baseline.'),
    populations: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    chosen: resultsChoice,
  }),
  flow: z.strictObject({
    assessed: z.int().nullable().describe('Null, as the next two: hidden from the role.'),
    excluded: z.int().nullable(),
    excludedReasons: z.array(z.strictObject({ label: z.string(), count: z.int() })),
    randomised: z.int().nullable(),
    sites: z.int(),
    columns: z.array(z.strictObject({ id: z.string(), label: z.string() })),
    arms: z.array(
      z.strictObject({
        arm: z.string().nullable().describe('Null: pooled. A letter where arms are masked.'),
        label: z.string(),
        cells: z.array(
          z.strictObject({
            count: z.int().nullable(),
            of: z.int().nullable(),
            note: z.string(),
            hidden: z
              .string()
              .nullable()
              .describe('In the place of a count that the role may not see: <5, hidden.'),
          }),
        ),
      }),
    ),
  }),
  charts: z.array(chartCard),
  further: z.array(furtherId).describe('Charts that are drawn when asked for, one at a time.'),
  completeness: z.array(z.strictObject({ label: z.string(), count: z.int(), of: z.int() })),
  from: day.nullable(),
});
export type Dashboard = z.infer<typeof dashboard>;

export const readDashboard = endpoint({
  id: 'results.dashboard',
  method: 'get',
  path: '/api/studies/:study/results',
  summary: 'Flow, recruitment, response, differences, change: numbers, tables and rendered charts',
  access: 'results.read',
  params: studyParams,
  query: resultsQuery,
  reply: dashboard,
});

const chartParams = studyParams.extend({ chart: chartId });

export const readChart = endpoint({
  id: 'results.chart',
  method: 'get',
  path: '/api/studies/:study/results/charts/:chart',
  summary: 'One chart: its words, its numbers as a table, and the picture in both schemes',
  access: 'results.read',
  params: chartParams,
  query: chartQuery,
  reply: chartCard,
});

const chartFile = (ending: string, produces: string, summary: string) =>
  endpoint({
    id: `results.chart.${ending.replace('.', '-')}`,
    method: 'get',
    path: `/api/studies/:study/results/charts/:chart/${ending}`,
    summary,
    access: 'results.read',
    params: chartParams,
    query: chartQuery.extend({
      theme: z.enum(['light', 'dark']).default('light'),
      language: z.enum(languages).optional().describe('Of the words in it; English where not given.'),
    }),
    produces,
  });

export const chartSvg = chartFile('chart.svg', 'image/svg+xml', 'A chart as SVG');
export const chartPng = chartFile('chart.png', 'image/png', 'A chart as PNG, twice its size');
export const chartCsv = chartFile('chart.csv', 'text/csv', 'The numbers of a chart as CSV');
export const chartSpec = chartFile('chart.vl.json', 'application/json', 'The Vega-Lite spec of a chart');

const rowsQuery = z.strictObject({
  site: identifier.optional(),
  population: resultsChoice.shape.population,
  asOf,
});

/** One estimate; a reason stands in place of numbers that can't be had. */
export const resultRow = z.strictObject({
  outcome: identifier,
  visit: identifier,
  measure: z.enum(['proportion', 'risk-difference', 'mean-change']),
  missing: z.enum(['observed', 'non-response']),
  arm: z.string().nullable(),
  versus: z.string().nullable(),
  numerator: z.int().nullable(),
  denominator: z.int().nullable(),
  estimate: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  level: z.number(),
  method: z.string(),
  reason: z.string().nullable(),
  hidden: z.string().optional().describe('In the place of numbers that the role may not see.'),
});

export const readResultRows = endpoint({
  id: 'results.rows',
  method: 'get',
  path: '/api/studies/:study/results/rows',
  summary: 'Every estimate behind the dashboard as rows: response by arm and visit, differences, mean change',
  access: 'results.read',
  params: studyParams,
  query: rowsQuery,
  reply: z.strictObject({ asOf: instant, masked: z.boolean(), rows: z.array(resultRow) }),
});
export const resultsCsv = endpoint({
  id: 'results.csv',
  method: 'get',
  path: '/api/studies/:study/exports/results.csv',
  summary: 'The same rows as CSV',
  access: 'results.read',
  params: studyParams,
  query: rowsQuery,
  produces: 'text/csv',
});
