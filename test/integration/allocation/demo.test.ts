import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { replayLog } from '../../../randomisation/log/replayLog.ts';
import { readConfig } from '../../../server/config.ts';
import { seedDemonstration } from '../../../server/demo/seed.ts';
import { openServices } from '../../../server/open.ts';
import { revealSecret } from '../../../server/randomisation/close.ts';
import { exportAllocations } from '../../../server/randomisation/exportLog.ts';
import type { Caller } from '../../../server/services.ts';
import { currentStudy } from '../../../server/studies/store.ts';
import { databaseKind, emptyPlace } from '../../setup/database.ts';
import { expectFits } from './verified.ts';

// It is shown on SQLite; on PostgreSQL its twenty thousand statements would take long and tell nothing more.
test.runIf(databaseKind === 'sqlite')(
  'the demonstration’s log, played through the use cases, verifies like any other',
  async () => {
    const { url, remove } = await emptyPlace();
    const services = await openServices(
      readConfig({
        DATABASE_URL: url,
        EQUIPOISE_KEY: createHash('sha256').update('demo').digest('hex'),
        EQUIPOISE_TIME_ZONE: 'Europe/Helsinki',
        LOG_LEVEL: 'silent',
      }),
    );
    try {
      const { study: id } = await seedDemonstration(services);
      const study = (await currentStudy(services.db.read, id))!;
      const user = { id: 'test', name: 'Test', email: '' };
      const caller: Caller = { user, study, roles: ['statistician'], sites: null, blinded: false };
      const open = await exportAllocations(services, caller);
      expect(open.entries.filter(({ kind }) => kind === 'allocation')).toHaveLength(134);
      expectFits(open, 'chain, commitments and scores');
      expectFits(await exportAllocations(services, { ...caller, blinded: true }), 'only the chain');
      await revealSecret(services, caller, { confirm: id, reason: 'To verify' });
      const revealed = await exportAllocations(services, caller);
      expectFits(revealed, 'Chain, commitments, scores and draws');
      expect(replayLog(revealed).every(({ drawn, logged }) => drawn === logged)).toBe(true);
    } finally {
      await services.db.close();
      await remove();
    }
  },
  120_000,
);
