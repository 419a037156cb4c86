import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json and data/, whether we run from sources or from dist/. */
export const packageRoot: string = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error('Equipoise’s own files are not complete: package.json is missing.');
    folder = parent;
  }
  return folder;
})();

export const dataFolder: string = join(packageRoot, 'data');
export const webFolder: string = join(packageRoot, 'dist', 'web');
