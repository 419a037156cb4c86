import { stringify } from 'csv-stringify/sync';
import type { PlanDocument } from '../plan.ts';

/** What each column of a run’s data.csv holds: name, label, kind, and the codes with their meaning. */
export function codebookOf({ data, arms, populations }: PlanDocument): string {
  const visit = (id: string) => data.visits.find((one) => one.id === id)?.label ?? id;
  const rows: [column: string, label: string, kind: string, codes: string][] = [
    [data.subject, 'Participant', 'text', ''],
    [data.arm, 'Arm', 'factor', arms.map(({ id, cell, label }) => `${cell ?? id} = ${label}`).join('; ')],
    ...(data.randomised === undefined
      ? []
      : [[data.randomised, 'Day of randomisation', 'day', ''] satisfies (typeof rows)[number]]),
    ...data.covariates.map(({ column, label, kind }): (typeof rows)[number] => [column, label, kind, '']),
    ...data.measures.flatMap(({ label, better, columns }) =>
      Object.entries(columns).map(([id, column]): (typeof rows)[number] => [
        column,
        `${label} at ${visit(id)} (${better} is better)`,
        'number',
        '',
      ]),
    ),
    ...data.events.map(({ column, label, kind }): (typeof rows)[number] => [column, label, kind, '']),
    ...populations.flatMap(({ label, filled, empty }) => [
      ...filled.map((column): (typeof rows)[number] => [column, label, 'flag', 'filled = in it']),
      ...empty.map((column): (typeof rows)[number] => [column, label, 'flag', 'empty = in it']),
    ]),
  ];
  if (data.allocation) rows.push([data.allocation.order, 'Place in the order of allocation', 'number', '']);
  return stringify([['column', 'label', 'kind', 'codes'], ...rows]);
}
