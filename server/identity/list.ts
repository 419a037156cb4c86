import type { Caller, Services } from '../services.ts';
import { listRecords } from './store.ts';

interface Asked {
  find?: string;
  kept?: 'yes' | 'no' | 'erased';
  page: number;
  size: number;
}

/** Whose identity is kept. No identity is opened for it. */
export async function listIdentities(services: Services, caller: Caller, { page, size, ...asked }: Asked) {
  const listed = { ...asked, sites: caller.sites };
  const { total, rows } = await listRecords(services.db.read, caller.study.id, listed, { page, size });
  return {
    total,
    rows: rows.map((row) => ({
      participant: row.code,
      site: row.site,
      kept: row.erased_at ? ('erased' as const) : row.box ? ('yes' as const) : ('no' as const),
      writtenAt: row.box ? row.written_at : null,
      erasedAt: row.erased_at,
    })),
  };
}
