import { z } from 'zod';
import { adjust, estimator, missing as missingMethod, summary } from '../analyses/estimator/document.ts';
import { translations } from '../documents/document.ts';
import { identifier, studyCheck } from '../instruments/document.ts';

const day = z.iso.date();
const label = z.string().min(1).max(120);

/** Every role that a person can hold in a study; the document says which of them are blinded. */
export const roleName = z.enum([
  'owner',
  'coordinator',
  'assessor',
  'investigator',
  'statistician',
  'data-manager',
  'monitor',
  'identity-custodian',
  'monitoring-board',
]);
export type RoleName = z.infer<typeof roleName>;

const arm = z.strictObject({
  id: identifier,
  short: z.string().min(1).max(12).describe('As charts and tables label it.'),
  name: label,
  description: z.string().optional().describe('What the arm gets; printed in the report.'),
  ratio: z.int().positive().default(1).describe('Share of participants, in lowest terms: 2 and 1 for 2:1.'),
  reference: z.boolean().default(false).describe('The arm that the others are compared with.'),
  group: z
    .strictObject({ from: z.int().positive(), to: z.int().positive() })
    .optional()
    .describe(
      'For a treatment given in groups: how many participants a group has. Seats are given after allocation.',
    ),
  sessions: z
    .strictObject({ minutes: z.int().positive().max(600).optional().describe('Usual length of a session.') })
    .optional()
    .describe('For a treatment given in sessions: their attendance and fidelity are recorded.'),
  closed: z
    .boolean()
    .optional()
    .describe('By an amendment: nobody is allocated to it any more. Those who are in it stay.'),
});

const site = z.strictObject({
  id: identifier,
  code: z.string().regex(/^[A-Z]{2,6}$/, 'two to six capital letters; it begins each participant ID'),
  name: label.describe('As pages and reports print it.'),
  target: z.int().positive().optional().describe('How many participants it is to randomise.'),
  closed: z
    .boolean()
    .optional()
    .describe('By an amendment: nobody is registered or randomised there any more. Its participants stay.'),
});

const screeningField = z.discriminatedUnion('kind', [
  z.strictObject({
    id: identifier,
    label,
    kind: z.literal('choice'),
    options: z.array(z.strictObject({ value: identifier, label })).min(2),
  }),
  z.strictObject({
    id: identifier,
    label,
    kind: z.literal('number'),
    min: z.number(),
    max: z.number(),
    unit: z.string().optional(),
  }),
]);

const criterion = z.strictObject({
  id: identifier,
  kind: z.enum(['inclusion', 'exclusion']).describe('Inclusion: has to hold. Exclusion: must not.'),
  text: z.string().min(1).describe('The statement, as the protocol words it.'),
  field: identifier.optional().describe('A numeric screening field that settles it…'),
  from: z.number().optional().describe('…when it is at least this…'),
  to: z.number().optional().describe('…and at most this.'),
});

const stratum = z.strictObject({
  id: identifier,
  label,
  by: z
    .union(
      [z.literal('site'), z.strictObject({ field: identifier, cuts: z.array(z.number()).optional() })],
      'expected site, or a field such as { field: sex } or { field: age, cuts: [40] }',
    )
    .describe('The site, or a screening field (a number needs its cut points).'),
  weight: z.int().positive().default(1).describe('Weight of the factor in minimisation.'),
});

const rational = z
  .string()
  .regex(/^\d+\/\d+$/, 'a fraction such as 4/5')
  .describe('An exact fraction.');

const allocation = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('simple') }).describe('Each allocation by the ratio alone.'),
  z.strictObject({
    method: z.literal('permuted-blocks'),
    blocks: z
      .array(z.int().positive())
      .min(1)
      .describe('Block sizes; more than one: the size is drawn for each block.'),
  }),
  z.strictObject({
    method: z.literal('block-urn'),
    lambda: z
      .int()
      .positive()
      .describe('Balanced sets of balls that are active in the urn; Zhao & Weng 2011.'),
  }),
  z.strictObject({
    method: z.literal('minimisation'),
    distance: z.enum(['range', 'variance', 'marginal-balance']).default('range'),
    probability: rational.default('4/5'),
    overall: z.boolean().default(false).describe('Overall balance counts as one more factor.'),
    unequal: z.enum(['biased-coin', 'pseudo-arms']).default('biased-coin'),
  }),
  z.strictObject({ method: z.literal('efron'), probability: rational.default('2/3') }),
  z.strictObject({ method: z.literal('big-stick'), limit: z.int().positive() }),
  z.strictObject({
    method: z.literal('list'),
    entries: z
      .array(z.strictObject({ stratum: z.record(identifier, z.string()).default({}), arm: identifier }))
      .min(1),
  }),
]);

const duration = z.union(
  [z.strictObject({ months: z.int().nonnegative() }), z.strictObject({ days: z.int().nonnegative() })],
  'expected a time such as { months: 3 } or { days: 21 }',
);

const visit = z.strictObject({
  id: identifier,
  label,
  short: z.string().max(12).optional().describe('For axes, such as 3 mo.'),
  baseline: z.boolean().default(false).describe('Before randomisation; scores are changes from here.'),
  target: duration.describe(
    'Time from randomisation to the target day; the baseline visit counts from screening.',
  ),
  window: z.strictObject({ before: z.int().nonnegative(), after: z.int().nonnegative() }).describe('Days.'),
  missedAfter: z
    .int()
    .positive()
    .default(56)
    .describe('Days after the window closed from which a visit without any form is missed, not overdue.'),
  instruments: z.array(identifier).min(1).describe('In the order in which they are entered.'),
});

const outcomeBase = {
  id: identifier,
  label,
  instrument: identifier,
  score: identifier.default('total'),
  role: z.enum(['primary', 'secondary', 'exploratory']).default('secondary'),
};
const outcome = z.discriminatedUnion('kind', [
  z.strictObject({
    ...outcomeBase,
    kind: z.literal('response'),
    fall: z
      .number()
      .gt(0)
      .lte(1)
      .default(0.5)
      .describe('Least relative improvement from baseline that is a response.'),
  }),
  z.strictObject({
    ...outcomeBase,
    kind: z.literal('threshold'),
    atMost: z.number().optional().describe('The score is this or less.'),
    atLeast: z.number().optional().describe('The score is this or more.'),
  }),
  z.strictObject({ ...outcomeBase, kind: z.literal('change').describe('Score minus baseline.') }),
]);

export const intercurrentStrategy = z.enum([
  'treatment-policy',
  'hypothetical',
  'composite',
  'while-on-treatment',
]);

const estimand = z.strictObject({
  id: identifier,
  label,
  role: z.enum(['primary', 'secondary', 'sensitivity', 'exploratory']),
  treatments: z
    .array(z.tuple([identifier, identifier]))
    .min(1)
    .describe('Pairs of arms: [first, second].'),
  population: z.enum(['all-randomised', 'started-treatment']).default('all-randomised'),
  outcome: identifier,
  visit: identifier.optional().describe('When the arms are compared…'),
  visits: z.array(identifier).min(1).optional().describe('…or when, where it is at several visits.'),
  intercurrent: z.array(z.strictObject({ event: identifier, strategy: intercurrentStrategy })).default([]),
  summary,
  estimator: estimator
    .optional()
    .describe('How it is estimated; the usual estimator of the summary where absent.'),
  missing: z
    .union(
      [z.enum(['observed', 'non-response', 'multiple-imputation', 'likelihood']), missingMethod],
      'expected observed, non-response, multiple-imputation, likelihood, or a method with its settings, such as reference-based with strategy: J2R',
    )
    .describe('What stands for values that are missing.'),
  adjust: adjust
    .optional()
    .describe('How p-values of several comparisons are adjusted; not at all where absent.'),
});

/** What an analysis asks, apart from its name and its place in a plan. */
export const analysisChoice = estimand.omit({ id: true, label: true, role: true });

const event = z.strictObject({
  id: identifier,
  label,
  kind: z.enum(['intercurrent', 'withdrawal', 'treatment-start', 'deviation', 'death']),
  offered: z
    .enum(['medication', 'withdrawal'])
    .optional()
    .describe('Where the pages ask whether it happened: with a medication, or when treatment is stopped.'),
});

const fidelityScale = z.strictObject({
  id: identifier,
  label,
  min: z.int(),
  max: z.int(),
  adequate: z.int().optional().describe('The least rating that counts as adequate.'),
});

const verificationRule = z.strictObject({
  id: identifier,
  label,
  consent: z.boolean().optional().describe('The signed consent form.'),
  instruments: z.array(identifier).min(1).optional().describe('Which forms; none of them where left out.'),
  visits: z.array(identifier).min(1).optional().describe('At which visits; every visit where left out.'),
  items: z
    .array(identifier)
    .min(1)
    .optional()
    .describe('Only these items of the forms; whole forms where left out.'),
  firstPerSite: z
    .int()
    .nonnegative()
    .optional()
    .describe('All of it for this many participants of each site, those randomised first…'),
  share: z
    .number()
    .min(0)
    .max(1)
    .describe('…and for this share of the others, drawn from the seed and the participant’s ID.'),
});

const missingCode = z.strictObject({ code: identifier, label });

export const studyDocument = z
  .strictObject({
    equipoise: z.literal(1).describe('Version of this document format.'),
    id: identifier.describe('Stands in URLs and file names; never changes.'),
    code: z.string().min(1).max(20).describe('Protocol code, such as DEP-3A.'),
    title: label.describe('Full title.'),
    short: z.string().min(1).max(40).describe('For the header of every page.'),
    version: z.int().positive().describe('Protocol version; raise it with each amendment.'),
    registry: z.string().optional().describe('Registration number, such as NCT02314767.'),
    source: z.string().optional().describe('The publication or protocol that the document follows.'),
    arms: z.array(arm).min(2).max(8).describe('In the order in which charts and tables show them.'),
    allocation: z
      .strictObject({
        rule: allocation.describe('The method.'),
        strata: z.array(stratum).default([]).describe('Stratification or minimisation factors.'),
        beacon: z
          .string()
          .min(3)
          .max(120)
          .optional()
          .describe(
            'A public value named in advance that goes into the seed, such as "drand round 4000000"; allocation waits until it is entered.',
          ),
      })
      .describe('How arms are allocated.'),
    sites: z.array(site).min(1).describe('Where people are recruited.'),
    recruitment: z
      .strictObject({
        target: z.int().positive().describe('How many participants are to be randomised.'),
        from: day.optional(),
        to: day.optional(),
      })
      .describe('The plan that recruitment is compared with.'),
    screening: z
      .strictObject({
        fields: z.array(screeningField).default([]).describe('Asked of everyone who is screened.'),
        exclusionReasons: z
          .array(z.strictObject({ id: identifier, label }))
          .default([])
          .describe('Why a screened person is not enrolled, for the flow diagram.'),
      })
      .describe('What is asked before enrolment.'),
    eligibility: z.array(criterion).min(1).describe('Criteria, each answered for each person.'),
    consent: z
      .strictObject({
        versions: z
          .array(z.strictObject({ version: z.string(), approved: day.describe('Day of approval.') }))
          .min(1)
          .describe('From old to new.'),
      })
      .describe('The information sheet and consent form.'),
    masking: z
      .strictObject({
        blinded: z.array(roleName).default([]),
        results: z
          .enum(['pooled', 'masked'])
          .optional()
          .describe(
            'What blinded roles see of results: one figure over all arms (pooled, also where this is left out), or arms behind letters, without comparison, as of the start of the week (masked).',
          ),
        description: z.string().optional(),
      })
      .describe('Blinded roles get no arm from the server in any form.'),
    disclosure: z
      .strictObject({
        smallest: z
          .int()
          .min(2)
          .max(50)
          .describe('The smallest count that is shown; a smaller one is shown as less than this.'),
        roles: z
          .array(roleName)
          .min(1)
          .describe(
            'On whose results and reports; not for those who analyse or monitor safety. Exports and lists of people are as their rights are.',
          ),
      })
      .optional()
      .describe(
        'Small counts on results and reports are hidden from these roles, with whatever else would give them away, and their figures move on at the start of each week.',
      ),
    identities: z
      .strictObject({
        nationalIdentifier: label
          .optional()
          .describe(
            'What the national identifier is called, where it is to be kept; left out, none is kept.',
          ),
        coordinators: z
          .boolean()
          .default(false)
          .describe('Whether coordinators may look up name and contact details of their own site.'),
      })
      .optional()
      .describe(
        'Names and contact details, sealed apart from the research data. Only the identity custodian reads them unless this says more.',
      ),
    visits: z.array(visit).min(1).describe('In time order; the baseline first.'),
    doubleEntry: z
      .strictObject({
        instruments: z.array(identifier).min(1).optional().describe('Which forms; all where absent.'),
        visits: z.array(identifier).min(1).optional().describe('At which visits; at all where absent.'),
        sample: z
          .number()
          .gt(0)
          .lte(1)
          .default(1)
          .describe('The share of these forms that is drawn for it; 1 is all of them.'),
      })
      .optional()
      .describe('Forms that a second person enters again, blind to the first entry.'),
    missing: z
      .array(missingCode)
      .min(1)
      .describe('Why an answer may be missing.')
      .default([
        { code: 'not-asked', label: 'Not asked' },
        { code: 'refused', label: 'Refused' },
        { code: 'unknown', label: 'Unknown' },
        { code: 'not-applicable', label: 'Not applicable' },
      ]),
    bands: z
      .record(identifier, identifier)
      .default({})
      .describe('Instrument → which of its band sets applies.'),
    checks: z
      .array(studyCheck)
      .optional()
      .describe(
        'Answers of different forms that must agree, by names such as m3.hamd17.assessed_on (visit, form, item) and screening.age. Each holds at every form that it names.',
      ),
    events: z.array(event).default([]).describe('What is recorded apart from visits, with its day.'),
    lossReasons: z
      .array(z.strictObject({ id: identifier, label }))
      .default([])
      .describe('Why a participant withdrew or was lost.'),
    deviations: z
      .array(z.strictObject({ id: identifier, label }))
      .min(1)
      .optional()
      .describe('Categories of protocol deviations; a usual set where absent.'),
    fidelity: z
      .array(fidelityScale)
      .optional()
      .describe(
        'Scales on which a session’s adherence to its manual is rated, by someone else than its therapist.',
      ),
    outcomes: z.array(outcome).min(1).describe('What is derived from scores; at least one is primary.'),
    estimands: z
      .array(estimand)
      .default([])
      .describe('The planned comparisons, each stated as in ICH E9(R1).'),
    signatures: z
      .strictObject({
        meanings: z
          .array(z.strictObject({ id: identifier, label: z.string().min(1).max(300) }))
          .min(1)
          .describe('What a signature can mean, for whoever signs to choose from.'),
      })
      .optional()
      .describe('Every complete form is to be signed by an investigator before its data are locked.'),
    verification: z
      .strictObject({
        seed: z.string().min(1).max(120).describe('The draw is the same for the same seed and participant.'),
        rules: z.array(verificationRule).min(1),
      })
      .optional()
      .describe('What a monitor has to compare with the source.'),
    translations,
  })
  .describe('A trial protocol: all that Equipoise needs to run the study.');

export type StudyDocument = z.infer<typeof studyDocument>;
export type ArmDefinition = z.infer<typeof arm>;
export type VisitDefinition = z.infer<typeof visit>;
export type OutcomeDefinition = z.infer<typeof outcome>;
export type ScreeningField = z.infer<typeof screeningField>;
export type VerificationPlan = NonNullable<StudyDocument['verification']>;
export type VerificationRule = VerificationPlan['rules'][number];
export type EstimandDefinition = z.infer<typeof estimand>;
