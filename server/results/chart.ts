import { chartCard } from '../charts/card.ts';
import { notFound } from '../errors.ts';
import { answerChoices } from './answers.ts';
import type { ChartCard, ChartId, ChartQuestion } from './contract.ts';
import { drawable } from './further.ts';
import { materialOf } from './material.ts';
import type { Reader } from './reader.ts';
import { tippingChoices } from './tipping.ts';

/** One chart as its card shows it; what a chart needs beside the dataset is read for that chart alone. */
export async function chartOf(reader: Reader, id: ChartId, query: ChartQuestion): Promise<ChartCard> {
  const material = await drawable(reader, id, await materialOf(reader, query), query);
  const card = await chartCard(id, material, {
    masked: material.masked,
    layout: query.layout,
    say: reader.say,
  });
  if (!card) throw notFound('This chart of the study');
  const choices =
    id === 'items'
      ? answerChoices(reader.study, query)
      : id === 'tipping'
        ? tippingChoices(reader.study, material, query)
        : undefined;
  return { ...card, ...(choices && { choices }), ...(material.waiting && { pending: true }) };
}
