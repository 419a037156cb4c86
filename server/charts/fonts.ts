import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GlobalFonts } from 'canvas';
import { unpackWoff, withFamily, withTabularFigures } from './woff.ts';

const require = createRequire(import.meta.url);
const FACES = ['latin', 'latin-ext'].flatMap((subset) =>
  [400, 500, 600].map((weight) => `inter-${subset}-${weight}-normal`),
);

const woff = (face: string) => require.resolve(`@fontsource/inter/files/${face}.woff`);

let measurable = false;

/** Lets Vega measure text in the typeface that the page and the pictures use. */
export function registerForMeasuring(): void {
  if (measurable) return;
  for (const face of FACES) GlobalFonts.registerFromPath(woff(face), 'Inter');
  measurable = true;
}

let files: string[] | undefined;

/** Inter as TrueType files with tabular figures, unpacked once into a folder that goes when the process ends. */
export function trueTypeFiles(): string[] {
  if (files) return files;
  const folder = mkdtempSync(join(tmpdir(), 'equipoise-fonts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  files = FACES.map((face) => {
    const path = join(folder, `${face}.ttf`);
    writeFileSync(path, withFamily(withTabularFigures(unpackWoff(readFileSync(woff(face)))), 'Inter'));
    return path;
  });
  return files;
}
