import { adjudicate } from '../doubleEntry/adjudicate.ts';
import { findPair } from '../doubleEntry/compare.ts';
import { saveSecondEntry } from '../doubleEntry/entry.ts';
import { listDoubleEntry } from '../doubleEntry/list.ts';
import type { ItemValues } from '../forms/contract.ts';
import { readForm } from '../forms/read.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { Study } from '../studies/study.ts';
import { addDays } from '../visits/days.rules.ts';
import type { Script } from './script.ts';

/** So many forms still wait for their second entry. */
const WAITING = 4;
/** One entry in so many has a slip. */
const SLIP_EVERY = 9;
/** So many of those with a slip are still to be decided. */
const UNDECIDED = 3;

/**
 * Second entries of the forms that the protocol names: the coordinator enters them again from paper. Where they slipped,
 * the first entry stands, so that the figures are those of the calibration.
 */
export function secondEntries(script: Script, study: Study, today: string): void {
  script.at(`${addDays(today, -15)}T05:00:00.000Z`, async (services, as) => {
    const question = { show: 'mine', page: 1, size: 500 } as const;
    const { rows } = await listDoubleEntry(services, as('coordinator'), question);
    const entered = rows.slice(0, -WAITING);
    for (const [index, place] of entered.entries()) {
      const first = await readForm(services, as('data-manager'), place);
      const instrument = study.instruments.get(place.instrument)!;
      await saveSecondEntry(services, as('coordinator'), place, {
        version: 0,
        assessedOn: first.assessedOn,
        values: index % SLIP_EVERY === 4 ? slip(instrument, first.values, index) : first.values,
        complete: true,
      });
    }
    const { rows: differing } = await listDoubleEntry(services, as('data-manager'), question);
    for (const place of differing.slice(0, -UNDECIDED)) {
      const { differences, form } = await findPair(services.db.read, as('data-manager'), place);
      await adjudicate(services, as('data-manager'), place, {
        key: crypto.randomUUID(),
        formVersion: form.version,
        decisions: differences.map(({ field }) => ({
          field,
          choice: 'first',
          reason: 'The paper form says so',
        })),
      });
    }
  });
}

/** Two neighbouring answers one step off, as when a row is misread. */
function slip(instrument: InstrumentDocument, values: ItemValues, index: number): ItemValues {
  const choices = instrument.items.flatMap((item) => (item.kind === 'choice' ? [item] : []));
  const slipped = { ...values };
  for (const item of [choices[index % choices.length]!, choices[(index + 1) % choices.length]!]) {
    const answer = values[item.id];
    const at = item.options.findIndex(({ value }) => answer && 'value' in answer && value === answer.value);
    slipped[item.id] = { value: item.options[at > 0 ? at - 1 : 1]!.value };
  }
  return slipped;
}
