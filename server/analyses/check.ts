import { type AnalysisDefinition, isBinary } from '../../analysis/estimands/plan.ts';
import { checkDesign, type Design } from '../../randomisation/index.ts';
import type { Finding } from '../documents/parse.ts';
import { oneOf, repeats } from '../documents/repeats.ts';
import { estimatorFindings } from './checkEstimator.ts';
import type { PlanDocument } from './plan.ts';

/** What the schema can't see: names that lead nowhere, columns that the CSV hasn't got, methods that don't go together. */
export function checkPlan(plan: PlanDocument, header: readonly string[]): Finding[] {
  const { data, arms, populations, analyses } = plan;
  const findings: Finding[] = [
    ...repeats(arms, ['arms'], 'id'),
    ...repeats(analyses, ['analyses'], 'id'),
    ...repeats(populations, ['populations'], 'id'),
    ...repeats(data.visits, ['data', 'visits'], 'id'),
    ...repeats(data.measures, ['data', 'measures'], 'id'),
    ...repeats(data.covariates, ['data', 'covariates'], 'id'),
    ...repeats(data.events, ['data', 'events'], 'id'),
  ];
  const say = (path: Finding['path'], message: string) => findings.push({ path, message });
  const has = (column: string | undefined, path: Finding['path']) => {
    if (column !== undefined && !header.includes(column))
      say(path, `The CSV has no column “${column}”; it has ${shortList(header)}.`);
  };
  if (arms.filter((arm) => arm.reference).length !== 1) say(['arms'], 'Exactly one arm is the reference.');
  if (data.visits.filter((visit) => visit.baseline).length > 1)
    say(['data', 'visits'], 'At most one visit is the baseline.');
  has(data.subject, ['data', 'subject']);
  has(data.arm, ['data', 'arm']);
  has(data.visit, ['data', 'visit']);
  has(data.randomised, ['data', 'randomised']);
  for (const column of Object.keys(data.keep)) has(column, ['data', 'keep', column]);
  for (const list of ['covariates', 'events'] as const)
    for (const [i, { column }] of data[list].entries()) has(column, ['data', list, i, 'column']);
  for (const [i, population] of populations.entries())
    for (const list of ['filled', 'empty'] as const)
      for (const [k, column] of population[list].entries()) has(column, ['populations', i, list, k]);
  if (data.events.some(({ kind }) => kind === 'day') && data.randomised === undefined)
    say(['data'], 'Dated events need `randomised`, the column with the day of randomisation.');

  if (data.allocation) findings.push(...allocationFindings(plan, header));
  const visits = data.visits.map(({ id }) => id);
  if (data.format === 'long' && data.visit === undefined)
    say(['data'], 'A long file needs `visit`, the column that names the visit.');
  for (const [i, measure] of data.measures.entries()) {
    const at = ['data', 'measures', i];
    if (data.format === 'wide') {
      if (Object.keys(measure.columns).length === 0)
        say(at, 'In a wide file a measure needs `columns`: visit and column.');
      for (const [visit, column] of Object.entries(measure.columns)) {
        if (!visits.includes(visit)) say([...at, 'columns', visit], `The visits are ${oneOf(visits)}.`);
        has(column, [...at, 'columns', visit]);
      }
    } else {
      if (measure.value === undefined) say(at, 'In a long file a measure needs `value`, its column.');
      has(measure.value, [...at, 'value']);
      for (const column of Object.keys(measure.where)) has(column, [...at, 'where', column]);
    }
  }
  for (const [i, analysis] of analyses.entries()) findings.push(...analysisFindings(plan, analysis, i));
  return findings;
}

/** A design that can be replayed, over columns that are there, with the plan's arms. */
function allocationFindings({ data, arms }: PlanDocument, header: readonly string[]): Finding[] {
  const { order, factors, later, fixed } = data.allocation!;
  const at = ['data', 'allocation'];
  const designs = [data.allocation!, ...later].map(({ design }, index) => ({
    design: design as unknown as Design,
    path: index === 0 ? ['design'] : ['later', index - 1, 'design'],
  }));
  const problems = designs.flatMap(({ design, path }) =>
    checkDesign(design).map((message): Finding => ({ path: [...at, ...path], message })),
  );
  if (problems.length > 0) return problems;
  const findings: Finding[] = [];
  const say = (path: Finding['path'], message: string) => findings.push({ path: [...at, ...path], message });
  for (const [index, { from }] of later.entries())
    if (index > 0 && from <= later[index - 1]!.from)
      say(['later', index, 'from'], 'Each design begins after the one before it.');
  if (designs.every(({ design }) => design.scheme.kind === 'list'))
    say(['design'], 'An uploaded list is fixed: it holds no chance to replay.');
  const has = (column: string, path: Finding['path']) => {
    if (!header.includes(column))
      say(path, `The CSV has no column “${column}”; it has ${shortList(header)}.`);
  };
  has(order, ['order']);
  if (fixed !== undefined) has(fixed, ['fixed']);
  for (const id of new Set(designs.flatMap(({ design }) => design.factors.map((factor) => factor.id)))) {
    const column = factors[id];
    if (column === undefined) say(['factors'], `The design’s factor “${id}” has no column.`);
    else has(column, ['factors', id]);
  }
  for (const { id } of arms)
    if (!designs.some(({ design }) => design.arms.some((arm) => arm.id === id)))
      say(['design', 'arms'], `The design has no arm “${id}”.`);
  return findings;
}

/** One analysis of a plan: names that lead nowhere, and methods that don’t go together. */
export function analysisFindings(plan: PlanDocument, analysis: AnalysisDefinition, index: number): Finding[] {
  const findings: Finding[] = [];
  const at = ['analyses', index, 'estimand'];
  const { estimand } = analysis;
  const known = (list: readonly { id: string }[], id: string, path: Finding['path'], what: string) => {
    if (!list.some((entry) => entry.id === id))
      findings.push({
        path,
        message: `There is no ${what} “${id}”; expected ${oneOf(list.map((e) => e.id))}.`,
      });
  };
  const { data } = plan;
  for (const [k, pair] of estimand.treatments.entries()) {
    for (const [side, arm] of pair.entries()) known(plan.arms, arm, [...at, 'treatments', k, side], 'arm');
    if (pair[0] === pair[1])
      findings.push({
        path: [...at, 'treatments', k],
        message: 'An arm is compared with another, not with itself.',
      });
  }
  known(plan.populations, estimand.population, [...at, 'population'], 'population');
  known(data.measures, estimand.variable.measure, [...at, 'variable', 'measure'], 'measure');
  for (const [k, visit] of estimand.visits.entries()) {
    known(data.visits, visit, [...at, 'visits', k], 'visit');
    const isBaseline = data.visits.some(({ id, baseline }) => id === visit && baseline);
    if (isBaseline !== (analysis.estimator.method === 'balance'))
      findings.push({
        path: [...at, 'visits', k],
        message: isBaseline
          ? 'The baseline is before treatment: name a later visit.'
          : 'Balance is of the baseline: name that visit alone.',
      });
  }
  for (const [k, { event, strategy }] of estimand.intercurrent.entries()) {
    known(data.events, event, [...at, 'intercurrent', k, 'event'], 'event');
    if (strategy === 'composite' && !isBinary(estimand.variable))
      findings.push({
        path: [...at, 'intercurrent', k, 'strategy'],
        message:
          'The composite strategy needs a response, threshold or binary variable: the event counts as failure.',
      });
  }
  return [...findings, ...estimatorFindings(plan, analysis, index)];
}

const shortList = (header: readonly string[]) =>
  header.length <= 12
    ? oneOf(header).replace(/ or ([^,]*)$/, ' and $1')
    : `${header.slice(0, 12).join(', ')} and ${header.length - 12} more`;
