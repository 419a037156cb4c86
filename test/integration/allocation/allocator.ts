import { readConfig } from '../../../server/config.ts';
import { openServices } from '../../../server/open.ts';
import { randomise } from '../../../server/randomisation/allocate.ts';
import type { Caller, User } from '../../../server/services.ts';
import { currentStudy } from '../../../server/studies/store.ts';
import type { Asked, Told } from './processes.ts';

/*
 * A server process of its own on a database that others write to as well: it allocates whatever it is asked to, all at
 * once, and may be killed at any moment.
 */
const services = await openServices(readConfig());
const user = JSON.parse(process.env.ALLOCATOR_USER!) as User;
const study = process.env.ALLOCATOR_STUDY!;
const tell = (told: Told): void => void process.send!(told);

process.on('message', async ({ code, key }: Asked) => {
  try {
    const inForce = (await currentStudy(services.db.read, study))!;
    const caller: Caller = { user, study: inForce, roles: ['coordinator'], sites: null, blinded: false };
    const slip = await randomise(services, caller, code, { key, confirm: code });
    tell({ kind: 'slip', code, key, slip });
  } catch (error) {
    tell({ kind: 'error', code, key, message: String(error) });
  }
});
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready' });
