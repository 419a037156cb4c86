import { type Plugin, runnerImport } from 'vite';

/**
 * Gives the browser an endpoint's method and path without its zod schemas.
 *
 * Pages import endpoints from the server's contracts, so that a path is written once and its types are the
 * contract's own. The schemas aren't needed to make a request, and zod would be a fifth of the first load: this
 * plugin runs each `contract.ts` at build time and keeps what a request needs. A schema that a page
 * tries to import as a value isn't exported here, so the build stops instead of shipping `undefined`.
 */
export function endpointsOnly(): Plugin {
  return {
    name: 'endpoints-only',
    enforce: 'pre',
    async load(id) {
      const file = id.split('?')[0] ?? id;
      if (!/\/server\/(?:[a-zA-Z-]+\/)+contract\.ts$/.test(file)) return null;
      const { module, dependencies } = await runnerImport<Record<string, unknown>>(file);
      for (const dependency of dependencies) this.addWatchFile(dependency);
      return Object.entries(module)
        .filter(([, value]) => isEndpoint(value))
        .map(([name, value]) => {
          const { id, method, path, access } = value as Record<string, string>;
          return `export const ${name} = ${JSON.stringify({ id, method, path, access })};`;
        })
        .join('\n');
    },
  };
}

function isEndpoint(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}
