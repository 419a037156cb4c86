import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/**
 * Serves the stand-alone verifier at `/verifier.mjs`, as it is in the sources, byte for byte: an address without a
 * build's hash in it, so that a report can name it, and open to people who have no account.
 * @param file path of `randomisation/verifier.mjs`
 */
export function verifierFile(file: string): Plugin {
  return {
    name: 'verifier-file',
    buildStart() {
      this.addWatchFile(file);
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'verifier.mjs', source: readFileSync(file) });
    },
    configureServer({ middlewares }) {
      middlewares.use('/verifier.mjs', (_request, response) => {
        response.setHeader('Content-Type', 'text/javascript; charset=utf-8');
        response.end(readFileSync(file));
      });
    },
  };
}
