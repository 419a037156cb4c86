import { notFound } from '../errors.ts';
import type { Caller, Services } from '../services.ts';
import { answerChoices } from './answers.ts';
import type { ChartCard, ChartId, ChartQuery } from './contract.ts';
import { drawable } from './further.ts';
import { materialOf } from './material.ts';
import { tippingChoices } from './tipping.ts';

/** One chart as its card shows it; what a chart needs beside the dataset is read for that chart alone. */
export async function readChart(
  services: Services,
  caller: Caller,
  id: ChartId,
  query: ChartQuery,
): Promise<ChartCard> {
  const material = await services.db.snapshot(async (db) =>
    drawable(services, db, caller, id, await materialOf(services, db, caller, query), query),
  );
  const { chartCard } = await import('../charts/card.ts');
  const card = await chartCard(id, material, { masked: material.masked, layout: query.layout });
  if (!card) throw notFound('This chart of the study');
  const choices =
    id === 'items'
      ? answerChoices(caller.study, query)
      : id === 'tipping'
        ? tippingChoices(caller.study, material, query)
        : undefined;
  return { ...card, ...(choices && { choices }), ...(material.waiting && { pending: true }) };
}
