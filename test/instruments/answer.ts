import type { ItemValues } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';

/** Answers in the instrument's order: a number or text is a value, `null` is blank, `{missing}` is a missing code. */
export function answers(
  instrument: InstrumentDocument,
  given: readonly (number | string | null | { missing: string })[],
): ItemValues {
  const values: ItemValues = {};
  for (const [index, answer] of given.entries()) {
    if (answer === null) continue;
    values[instrument.items[index]!.id] = typeof answer === 'object' ? answer : { value: answer };
  }
  return values;
}
