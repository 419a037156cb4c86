import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** Inter as CSS that holds the typeface itself, so that words are as wide as the figures were drawn for. */
export async function typeface(): Promise<string> {
  const faces = [400, 600].map(async (weight) => {
    const bytes = await readFile(
      require.resolve(`@fontsource/inter/files/inter-latin-${weight}-normal.woff2`),
    );
    return `@font-face{font-family:Inter;font-weight:${weight};src:url(data:font/woff2;base64,${bytes.toString('base64')})}`;
  });
  return (await Promise.all(faces)).join('');
}
