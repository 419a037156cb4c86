import { readConfig } from '../config.ts';
import type { Services } from '../services.ts';

/** Opens the services of the environment for one command and closes them after it. Commands log warnings only. */
export async function withServices<T>(work: (services: Services) => Promise<T>): Promise<T> {
  const { openServices } = await import('../open.ts');
  const services = await openServices(readConfig({ LOG_LEVEL: 'warn', ...process.env }));
  try {
    return await work(services);
  } finally {
    await services.db.close();
  }
}
