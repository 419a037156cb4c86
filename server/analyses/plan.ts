import { z } from 'zod';
import type { AnalysisPlan } from '../../analysis/estimands/plan.ts';
import { adjust, estimator, missing, name, summary } from './estimator/document.ts';

const label = z.string().min(1).max(160);
const column = z.string().min(1).describe('A column of the CSV.');

export const variable = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('value'), measure: name }),
    z.strictObject({ kind: z.literal('change'), measure: name }),
    z.strictObject({ kind: z.literal('binary'), measure: name }).describe('The measure is 0 or 1 itself.'),
    z.strictObject({
      kind: z.literal('response'),
      measure: name,
      fall: z.number().gt(0).max(1).describe('Least relative improvement from baseline.'),
    }),
    z.strictObject({
      kind: z.literal('threshold'),
      measure: name,
      atMost: z.number().optional(),
      atLeast: z.number().optional(),
    }),
  ])
  .describe('What is measured of each participant.');

const estimand = z
  .strictObject({
    treatments: z
      .array(z.tuple([name, name]))
      .min(1)
      .describe('Pairs of arms, [first, second].'),
    population: name.default('all-randomised'),
    variable,
    visits: z.array(name).min(1),
    intercurrent: z
      .array(
        z.strictObject({
          event: name,
          strategy: z.enum(['treatment-policy', 'hypothetical', 'composite', 'while-on-treatment']),
        }),
      )
      .default([]),
    summary,
  })
  .describe('Stated as in ICH E9(R1).');

const role = z.enum(['primary', 'secondary', 'sensitivity', 'exploratory']);

const analysis = z
  .strictObject({
    id: name,
    label,
    role,
    prespecified: z
      .boolean()
      .optional()
      .describe('Planned before the data were seen (all but exploratory ones).'),
    estimand,
    estimator,
    missing,
    adjust: adjust.default('none'),
  })
  .transform((value) => ({ ...value, prespecified: value.prespecified ?? value.role !== 'exploratory' }));

const design = z.looseObject({
  engine: z.literal(1),
  study: z.string(),
  arms: z.array(z.looseObject({ id: z.string() })),
});

const allocation = z
  .strictObject({
    order: column.describe('Place in the order of allocation, from 1.'),
    factors: z.record(z.string(), column).default({}).describe('The column of each factor of the design.'),
    design: design.describe('The design as the allocation log has it; the first, where there were several.'),
    later: z
      .array(
        z.strictObject({
          from: z.int().min(2).describe('Place in the order from which on it was in force.'),
          design,
        }),
      )
      .default([])
      .describe('Designs that came after it, in their order.'),
    fixed: column
      .optional()
      .describe(
        'Filled for those whom no design placed (an envelope, an import): they keep their arm in every replay.',
      ),
  })
  .describe('How participants were allocated, for a re-randomisation test.');

const data = z.strictObject({
  format: z.enum(['wide', 'long']).describe('One row for each participant, or one for each visit.'),
  subject: column,
  arm: column,
  keep: z
    .record(z.string(), z.array(z.string()).min(1))
    .default({})
    .describe('Rows that are read: those whose cell is one of the values.'),
  missing: z.array(z.string()).default(['', 'NA']).describe('Cells that mean “missing”.'),
  visit: column.optional().describe('Long: the column that names the visit.'),
  randomised: column.optional().describe('Day of randomisation, for events that are dated.'),
  visits: z
    .array(
      z.strictObject({
        id: name,
        label,
        day: z.number().describe('Target day from randomisation.'),
        baseline: z.boolean().default(false),
      }),
    )
    .min(1),
  measures: z
    .array(
      z.strictObject({
        id: name,
        label,
        better: z.enum(['lower', 'higher']),
        columns: z.record(z.string(), column).default({}).describe('Wide: the column of each visit.'),
        value: column.optional().describe('Long: the column with the value.'),
        where: z
          .record(z.string(), z.string())
          .default({})
          .describe('Long: the cells of this measure’s rows.'),
      }),
    )
    .min(1),
  covariates: z
    .array(z.strictObject({ id: name, label, column, kind: z.enum(['factor', 'number']) }))
    .default([]),
  events: z
    .array(z.strictObject({ id: name, label, column, kind: z.enum(['flag', 'visit', 'day']) }))
    .default([]),
  allocation: allocation.optional(),
  unreplayable: z.string().optional().describe('Why the allocation can’t be played again, where it can’t.'),
});

export const planDocument = z
  .strictObject({
    equipoise: z.literal('plan/1').describe('What kind of document this is.'),
    id: name,
    title: label,
    synthetic: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe('Where the data are synthetic: how they were made. Reports say so.'),
    level: z.number().gt(0.5).lt(1).default(0.95).describe('Confidence level.'),
    data,
    arms: z
      .array(
        z.strictObject({
          id: name,
          label,
          cell: z.string().optional().describe('The cell that says so (the identifier).'),
          reference: z.boolean().default(false),
        }),
      )
      .min(2),
    populations: z
      .array(
        z.strictObject({
          id: name,
          label,
          filled: z.array(column).default([]).describe('Columns whose cell must not be empty.'),
          empty: z.array(column).default([]).describe('Columns whose cell must be empty.'),
        }),
      )
      .default([{ id: 'all-randomised', label: 'All randomised', filled: [], empty: [] }]),
    analyses: z.array(analysis).min(1),
  })
  .describe('An analysis plan: what the columns of a CSV mean, and the analyses with their estimands.');

export type PlanDocument = z.infer<typeof planDocument>;

/** The plan as the analysis takes it. */
export const asPlan = ({ equipoise: _, ...plan }: PlanDocument): AnalysisPlan => plan as AnalysisPlan;
