import type { ItemValues } from '../forms/contract.ts';
import type { Caller, Services } from '../services.ts';
import { studyUnder } from '../studies/at.ts';
import type { Choice } from './contract.ts';
import { comparedEntries } from './pairs/store.ts';
import { count, differencesBetween, fieldsOf, noRate, type Rate } from './rules.ts';
import { decisionsOf } from './store.ts';

/**
 * How often the two entries differed, by form and by field, over the entries at the caller's sites. The first entry
 * counts as it was when the second was completed: what was corrected later stays an error of entry.
 */
export async function doubleEntryStatistics(services: Services, { study, sites }: Caller) {
  const db = services.db.read;
  const pairs = await comparedEntries(db, study.id, sites);
  const decisions = new Map(
    (
      await decisionsOf(
        db,
        pairs.map(({ id }) => id),
      )
    ).map((one) => [`${one.entry_id} ${one.field}`, one.choice as Choice]),
  );
  const forms = new Map<string, { entries: number; total: Rate; fields: Map<string, Rate> }>();
  for (const pair of pairs) {
    const instrument = studyUnder(study, pair.study_version).instruments.get(pair.instrument);
    if (!instrument) continue;
    const form = forms.get(pair.instrument) ?? { entries: 0, total: noRate(), fields: new Map() };
    forms.set(pair.instrument, form);
    form.entries += 1;
    const differing = new Set(
      differencesBetween(
        instrument,
        { assessedOn: pair.first_on, values: JSON.parse(pair.first_answers) as ItemValues },
        { assessedOn: pair.second_on, values: JSON.parse(pair.second_answers) as ItemValues },
      ).map(({ field }) => field),
    );
    for (const field of fieldsOf(instrument)) {
      const rate = form.fields.get(field) ?? noRate();
      form.fields.set(field, rate);
      const choice = decisions.get(`${pair.id} ${field}`);
      count(rate, differing.has(field), choice);
      count(form.total, differing.has(field), choice);
    }
  }
  return {
    forms: [...forms].map(([instrument, { entries, total, fields }]) => ({
      instrument,
      entries,
      ...total,
      fields: [...fields]
        .filter(([, rate]) => rate.differed > 0)
        .sort(([, a], [, b]) => b.differed - a.differed)
        .map(([field, rate]) => ({ field, ...rate })),
    })),
  };
}
