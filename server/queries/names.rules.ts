import type { Item } from '../instruments/document.ts';
import type { Study } from '../studies/study.ts';
import { unscheduledDefinition, unscheduledNumber } from '../visits/unscheduled.rules.ts';
import type { QueryView } from './contract.ts';

type Place = Pick<QueryView, 'visit' | 'instrument' | 'item'>;
type Named = Pick<Study, 'document' | 'instruments'>;

/** What a version of the protocol calls the place that a query is about. What it doesn't know keeps its identifier. */
export function namesIn(study: Named, { visit, instrument, item }: Place): QueryView['called'] {
  const found = itemIn(study, { instrument, item });
  return {
    visit: visit === null ? null : visitIn(study, visit),
    instrument: instrument === null ? null : (study.instruments.get(instrument)?.short ?? instrument),
    item: found && { number: found.number, label: found.definition.label },
  };
}

function visitIn({ document }: Named, id: string): string {
  const number = unscheduledNumber(id);
  if (number !== null) return unscheduledDefinition(number, []).label;
  return document.visits.find((visit) => visit.id === id)?.label ?? id;
}

/** The item that a query asks about, with its place in the form, from 1; null where it asks about none. */
export function itemIn(
  { instruments }: Pick<Named, 'instruments'>,
  { instrument, item }: Pick<Place, 'instrument' | 'item'>,
): { number: number; definition: Item } | null {
  if (instrument === null || item === null) return null;
  const items = instruments.get(instrument)?.items ?? [];
  const index = items.findIndex(({ id }) => id === item);
  const definition = items[index];
  return definition ? { number: index + 1, definition } : null;
}
