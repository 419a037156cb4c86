import { appendAudit } from '../audit/append.ts';
import { cell, line, textCell } from '../exports/cells.ts';
import type { Caller, Services } from '../services.ts';
import type { QueryView } from './contract.ts';
import { type Asked, allQueries } from './view.ts';

const header = [
  'query',
  'participant',
  'site',
  'visit',
  'form',
  'item',
  'value_now',
  'state',
  'automatic',
  'owner',
  'days',
  'message',
  'at',
  'by',
  'act',
  'text',
];

/** Queries with their threads: message 0 is the question. Taking the file is on the audit trail. */
export async function queriesCsv(services: Services, caller: Caller, asked: Asked): Promise<string> {
  const queries = await allQueries(services, caller, asked);
  await services.db.write((tx) =>
    appendAudit(tx, caller, services.now().toISOString(), {
      action: 'queries.export',
      subject: `study:${caller.study.id}`,
      changesData: false,
      after: { queries: queries.length, sites: caller.sites ? [...caller.sites].sort() : 'all' },
    }),
  );
  return [line(header), ...queries.flatMap(rowsOf)].join('');
}

function rowsOf(query: QueryView): string[] {
  const { owner } = query;
  const same = [
    cell(query.number),
    cell(query.participant),
    cell(query.site),
    cell(query.visit),
    cell(query.instrument),
    cell(query.item),
    query.value === null ? '' : textCell(query.value),
    cell(query.status),
    query.automatic ? 'yes' : 'no',
    textCell(owner.person?.name ?? owner.role ?? 'site'),
    cell(query.days),
  ];
  const question = { at: query.openedAt, by: query.openedBy, act: 'open', text: query.text };
  return [question, ...query.messages].map(({ at, by, act, text }, index) =>
    line([...same, cell(index), cell(at), textCell(by), cell(act), textCell(text)]),
  );
}
