import { appendAudit } from '../audit/append.ts';
import { cell, line, textCell } from '../exports/cells.ts';
import type { Caller, Services } from '../services.ts';
import { openBox } from './box.ts';
import { keyringOf } from './keys.ts';
import { keptRecords } from './store.ts';

const header = [
  'participant',
  'site',
  'name',
  'telephone',
  'email',
  'address',
  'contact_times',
  'next_of_kin',
];

/** The contacts list as CSV. That it was taken, by whom, why and of how many is on the trail before the first row is given. */
export async function contactsCsv(services: Services, caller: Caller, reason: string): Promise<string> {
  const ring = keyringOf(services.config);
  return services.db.write(async (tx) => {
    const records = await keptRecords(tx, caller.study.id, caller.sites);
    await appendAudit(tx, caller, services.now().toISOString(), {
      action: 'identity.export',
      subject: `study:${caller.study.id}`,
      changesData: false,
      after: { participants: records.length, sites: caller.sites ? [...caller.sites].sort() : 'all' },
      reason,
    });
    const rows = records.map((record) => {
      const one = openBox(ring, record.participant_id, record.version, record);
      const words = [one.name, one.telephone, one.email, one.address, one.contactTimes, one.nextOfKin];
      return line([cell(record.code), cell(record.site), ...words.map(textCell)]);
    });
    return [line(header), ...rows].join('');
  });
}
