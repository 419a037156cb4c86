import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';
import { expect, test } from 'vitest';
import { endpointsOnly } from '../../../web/build/endpointsOnly.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Bundles one module of source text as a page would be. */
async function bundled(source: string): Promise<string> {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      endpointsOnly(),
      {
        name: 'entry',
        resolveId: (id) => (id === `${root}web/entry.ts` ? id : null),
        load: (id) => (id === `${root}web/entry.ts` ? source : null),
      },
    ],
    build: { write: false, minify: false, lib: { entry: `${root}web/entry.ts`, formats: ['es'] } },
  });
  const [output] = [result].flat() as Rollup.RollupOutput[];
  return output!.output.map((part) => ('code' in part ? part.code : '')).join('\n');
}

test('an endpoint reaches the page as its method and path, without zod', async () => {
  const code = await bundled(
    `import { readWorklist } from '../server/visits/contract.ts'; console.log(readWorklist.path);`,
  );
  expect(code).toContain('/api/studies/:study/worklist');
  expect(code).not.toMatch(/zod|ZodObject|strictObject/);
  expect(code.length).toBeLessThan(1000);
});

test('a schema imported as a value stops the build', async () => {
  await expect(
    bundled(`import { worklistRow } from '../server/visits/contract.ts'; console.log(worklistRow);`),
  ).rejects.toThrow(/worklistRow/);
});
