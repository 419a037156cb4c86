import { appendAudit } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import { safetyHits } from '../instruments/rules.ts';
import { askAutomatically, type Cause } from '../queries/automatic.ts';
import type { Caller } from '../services.ts';
import { alertsOf, insertAlert } from './alerts/store.ts';
import { completeParticipant } from './completeParticipant.ts';
import { type Judged, reasonsOf } from './judge.ts';
import type { Situation } from './situation.ts';
import type { FormRecord } from './store.ts';

interface Saved {
  at: string;
  /** The version before this one. */
  before: FormRecord | undefined;
  now: Situation;
  record: FormRecord;
  judged: Judged;
}

/**
 * Everything that a save brings about by itself, in its transaction; nothing else follows from a change of a form.
 * Safety alerts open at once; a complete form asks about what needs a second look, a change to one about what it
 * changed only, because the rest was asked, and perhaps answered, before.
 */
export async function followUp(tx: Transaction, caller: Caller, saved: Saved): Promise<void> {
  await openAlerts(tx, caller, saved);
  if (saved.record.status !== 'complete') return;
  const { before, now, at } = saved;
  const { participant, place, forms } = now;
  const where = { participant, visit: place.visit.id, instrument: place.instrument.id, at };
  const anew = before?.status !== 'complete';
  await askAutomatically(tx, caller, where, causesOf(saved, anew), anew);
  await completeParticipant(tx, caller, participant, forms, at);
}

interface Found {
  before: FormRecord | undefined;
  record: Pick<FormRecord, 'assessed_on' | 'late_reason'>;
  judged: Pick<Judged, 'findings' | 'changes' | 'reasons' | 'late'>;
}

/** What a complete form asks about: soft findings and a day outside the window, with the reasons that were given. */
export function causesOf({ before, record, judged }: Found, anew: boolean): Cause[] {
  const { findings, changes, reasons, late } = judged;
  const given = reasonsOf(before);
  const dayChanged = before?.assessed_on !== record.assessed_on;
  const causes = findings
    .filter(({ kind }) => kind === 'unexpected')
    .map(({ item, key, about, message }): Cause => {
      const reason = reasons[key];
      const said = message.replace(/ Give a reason\.$/, '');
      return {
        check: key === item ? 'expected' : `check:${key}`,
        item,
        text: reason === undefined ? said : `${said} Reason given: ${reason}`,
        fresh:
          anew ||
          reason !== given[key] ||
          changes.some((change) => about.includes(change.item)) ||
          (key !== item && dayChanged),
      };
    });
  if (late !== null)
    causes.unshift({
      check: 'window',
      item: null,
      text: `Assessed on ${record.assessed_on}, ${late === 'before' ? 'before the window opened' : 'after the window closed'}. Reason given: ${record.late_reason}`,
      fresh: anew || dayChanged,
    });
  return causes;
}

async function openAlerts(
  tx: Transaction,
  caller: Caller,
  { at, now, record, judged }: Saved,
): Promise<void> {
  const { participant, place } = now;
  const hits = safetyHits(place.instrument, judged.values);
  if (hits.length === 0) return;
  const known = await alertsOf(tx, record.id);
  for (const hit of hits) {
    if (known.some((alert) => alert.item === hit.item && alert.value === hit.value)) continue;
    await insertAlert(tx, {
      id: crypto.randomUUID(),
      form_id: record.id,
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
