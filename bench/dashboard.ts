import sqlite3 from 'sqlite3';
import type { Place } from '../test/setup/demonstration.ts';
import { type Measured, median, milliseconds } from './benchmark.ts';

const RUNS = 7;

/**
 * Milliseconds from request to whole reply of the investigator's dashboard after the data have changed, so that
 * nothing is taken from memory; against reading the same rows from SQLite through the bare driver.
 */
export async function measureDashboard(place: Place, participants: number): Promise<Measured> {
  const cookie = await place.signIn('investigator');
  const ask = async (): Promise<void> => {
    const reply = await fetch(`${place.server.url}/api/studies/ipt-depression/results`, {
      headers: { cookie },
    });
    if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
    await reply.arrayBuffer();
  };
  const raw = new sqlite3.Database(place.file, sqlite3.OPEN_READONLY);
  const rows = (sql: string): Promise<unknown[]> =>
    new Promise((resolve, reject) =>
      raw.all(sql, (error, found) => (error ? reject(error) : resolve(found))),
    );
  const times: number[] = [];
  const baselines: number[] = [];
  for (let run = 0; run <= RUNS; run += 1) {
    await place.services.db.write((tx) =>
      tx
        .updateTable('study')
        .set({ changed_at: new Date(Date.UTC(2020, 0, 1, 0, run)).toISOString() })
        .execute(),
    );
    const time = await milliseconds(ask);
    const baseline = await milliseconds(async () => {
      await rows(
        "select participant_id, visit, instrument, answers from form where status = 'complete' and instrument in ('hamd17', 'cgi-s', 'sofas')",
      );
      await rows('select * from participant');
      await rows('select * from allocation');
    });
    if (run > 0) {
      times.push(time);
      baselines.push(baseline);
    }
  }
  raw.close();
  const value = median(times);
  const baseline = median(baselines);
  return {
    value,
    unit: 'ms',
    baseline,
    ratio: value / baseline,
    against: `raw SQLite reading the same rows, n = ${participants}`,
  };
}
