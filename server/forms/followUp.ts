import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { checkValues, safetyHits } from '../instruments/rules.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import { askAutomatically, type Cause } from '../queries/automatic.ts';
import type { Caller } from '../services.ts';
import type { ItemValues } from './contract.ts';
import type { Place } from './place.ts';
import type { Change } from './rules.ts';
import { alertsOf, type FormRecord, insertAlert } from './store.ts';

interface Saved {
  at: string;
  participant: ParticipantRecord;
  place: Place;
  form: FormRecord;
  /** The version before this one. */
  before: FormRecord | undefined;
  late: 'before' | 'after' | null;
  values: ItemValues;
  changes: readonly Change[];
}

/**
 * What a save brings about by itself: safety alerts at once, and queries for what needs a second look. A change to a
 * complete form asks about what it changed only: the rest was asked, and perhaps answered, before.
 */
export async function followUp(tx: Transaction, caller: Caller, saved: Saved): Promise<void> {
  await openAlerts(tx, caller, saved);
  if (saved.form.status !== 'complete') return;
  const { participant, place, at, before, changes, values } = saved;
  const wasComplete = before?.status === 'complete';
  const where = { participant, visit: place.visit.id, instrument: place.instrument.id, at };
  const causes: Cause[] = checkValues(place.instrument, values, caller.study.document.missing)
    .filter(({ kind }) => kind === 'unexpected')
    .map(({ item, message }) => ({
      check: 'expected',
      item,
      text: message,
      fresh: !wasComplete || changes.some((change) => change.item === item),
    }));
  if (saved.late !== null)
    causes.unshift({
      check: 'window',
      item: null,
      text: `Assessed on ${saved.form.assessed_on}, ${saved.late === 'before' ? 'before the window opened' : 'after the window closed'}. Reason given: ${saved.form.late_reason}`,
      fresh: !wasComplete || before.assessed_on !== saved.form.assessed_on,
    });
  await askAutomatically(tx, caller, where, causes, !wasComplete);
}

async function openAlerts(
  tx: Transaction,
  caller: Caller,
  { at, participant, place, form, values }: Saved,
): Promise<void> {
  const hits = safetyHits(place.instrument, values);
  if (hits.length === 0) return;
  const known = await alertsOf(tx, form.id);
  for (const hit of hits) {
    if (known.some((alert) => alert.item === hit.item && alert.value === hit.value)) continue;
    await insertAlert(tx, {
      id: crypto.randomUUID(),
      form_id: form.id,
      item: hit.item,
      value: hit.value,
      opened_at: at,
      resolved_at: null,
      resolved_by: null,
      resolution: null,
    });
    await appendAudit(tx, caller, at, {
      action: 'alerts.open',
      subject: `form:${participant.code}/${place.visit.id}/${place.instrument.id}`,
      after: { item: hit.item, value: hit.value },
    });
  }
}
