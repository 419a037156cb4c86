import { type RecordQuery, readRecords } from '../records/read.ts';
import type { Caller, Services } from '../services.ts';
import type { MedicationView } from './contract.ts';
import { medication } from './kind.ts';

/** Medication, newest first. */
export async function listMedication(
  services: Services,
  caller: Caller,
  query: RecordQuery,
): Promise<{ rows: MedicationView[] }> {
  const records = await readRecords(services.db.read, caller, medication, query);
  return { rows: records.map(({ stamp, content }) => ({ ...stamp, content })).reverse() };
}
