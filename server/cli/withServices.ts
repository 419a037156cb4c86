import { readConfig } from '../config.ts';
import type { Services } from '../services.ts';
import { openServices } from '../start.ts';

/** Opens the services of the environment for one command and closes them after it. Commands log warnings only. */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const services = await openServices(readConfig({ LOG_LEVEL: 'warn', ...process.env }));
  try {
    return await work(services);
  } finally {
    await services.db.close();
  }
}
