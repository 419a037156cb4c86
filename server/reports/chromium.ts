import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Config } from '../config.ts';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'chromium-headless-shell',
];

/** The Chromium that prints reports: the configured one, or else the first in the PATH; null where there is none. */
export function chromiumPath({ chromium }: Pick<Config, 'chromium'>): string | null {
  if (chromium === 'none') return null;
  if (chromium !== undefined) return isProgram(chromium) ? chromium : null;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  for (const name of names)
    for (const folder of folders) if (isProgram(join(folder, name))) return join(folder, name);
  return null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
