import type { ItemValues } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { derive, type Surroundings, takesAnswer } from '../../server/instruments/rules.ts';

/** The items that entry steps through with these answers: those that are answered and apply, in order. */
export function entryOrder(
  instrument: InstrumentDocument,
  values: ItemValues,
  { facts, place }: Surroundings,
): string[] {
  const { applies } = derive(instrument, values, facts, place);
  return instrument.items.filter((item) => takesAnswer(item) && applies(item.id)).map(({ id }) => id);
}
