import type { FurtherCharts } from '../../analysis/charts/index.ts';
import type { StudyDocument } from '../studies/document.ts';
import { levelsOf } from '../studies/rules.ts';
import type { Study } from '../studies/study.ts';

/** What was known of everybody before randomisation: screening fields, the site, and scores at baseline. */
export function covariatesOf({ document, instruments }: Study): NonNullable<FurtherCharts['covariates']> {
  const baseline = new Set(
    document.visits.filter((visit) => visit.baseline).flatMap((visit) => visit.instruments),
  );
  const scores = new Map(
    document.outcomes
      .filter(({ instrument }) => baseline.has(instrument))
      .map(({ instrument, score }) => [
        `${instrument}.${score}`,
        `${instruments.get(instrument)!.short} at baseline`,
      ]),
  );
  return [
    ...document.screening.fields.map((field) =>
      field.kind === 'number'
        ? { kind: 'number' as const, factor: field.id, label: field.label }
        : { kind: 'choice' as const, factor: field.id, label: field.label, levels: field.options },
    ),
    ...(document.sites.length > 1
      ? [
          {
            kind: 'choice' as const,
            factor: 'site',
            label: 'Site',
            levels: document.sites.map(({ id, name }) => ({ value: id, label: name })),
          },
        ]
      : []),
    ...[...scores].map(([measure, label]) => ({ kind: 'score' as const, measure, label })),
  ];
}

/** The stratification factors: the subgroups that the protocol named before anybody was randomised. */
export function subgroupsOf(document: StudyDocument): NonNullable<FurtherCharts['subgroups']> {
  return document.allocation.strata.flatMap((stratum) => {
    const levels = levelsOf(document, stratum).map(({ id, label }) => ({ value: id, label }));
    if (levels.length < 2) return [];
    const { label } = stratum;
    if (stratum.by === 'site') return [{ factor: 'site', label, levels }];
    const { field, cuts } = stratum.by;
    return [{ factor: field, label, levels, ...(cuts?.length ? { cuts } : {}) }];
  });
}

/** What the scores of the outcomes are called in a chart. */
export function measuresOf({ document, instruments }: Study): NonNullable<FurtherCharts['measures']> {
  return Object.fromEntries(
    document.outcomes.map(({ instrument, score }) => [
      `${instrument}.${score}`,
      instruments.get(instrument)!.short,
    ]),
  );
}
