import { createHash } from 'node:crypto';
import { renderAsync } from '@resvg/resvg-js';
import { type Loader, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { registerForMeasuring, trueTypeFiles } from './fonts.ts';

const refused = () => Promise.reject(new Error('A chart holds its own data and fetches nothing.'));
const offline = {
  options: {},
  load: refused,
  sanitize: refused,
  http: refused,
  file: refused,
} as unknown as Loader;

/**
 * Renders a chart's Vega-Lite spec to SVG for the page or a file.
 *
 * The SVG is one image with the spec's description as its name; ids in it are unique to its content, so that several
 * charts can stand on one page. Expressions run in Vega's interpreter (no `eval`), and nothing is ever fetched.
 *
 * @param size `fluid` scales with the page, `fixed` keeps the spec's pixels, as a file should
 */
export async function renderSvg(spec: TopLevelSpec, size: 'fluid' | 'fixed' = 'fluid'): Promise<string> {
  registerForMeasuring();
  const runtime = parse(compile(spec).spec, undefined, { ast: true });
  const view = new View(runtime, { renderer: 'none', loader: offline, expr: expressionInterpreter });
  try {
    return finish(await view.toSVG(), spec.description ?? '', size);
  } finally {
    view.finalize();
  }
}

/**
 * Renders a chart's SVG to PNG with Inter's tabular figures.
 *
 * @param scale pixels per unit of the SVG
 */
export async function renderPng(svg: string, scale = 2): Promise<Buffer> {
  const image = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: trueTypeFiles(),
      defaultFontFamily: 'Inter',
      sansSerifFamily: 'Inter',
    },
  });
  return image.asPng();
}

function finish(svg: string, description: string, size: 'fluid' | 'fixed'): string {
  const body = plain(svg.slice(svg.indexOf('>') + 1));
  const [, width, height] = /^<svg[^>]*\bviewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined || height === undefined) throw new Error('Vega drew an SVG without a size.');
  const extent = size === 'fluid' ? 'width="100%"' : `width="${width}" height="${height}"`;
  const root =
    `<svg xmlns="http://www.w3.org/2000/svg" ${extent} viewBox="0 0 ${width} ${height}" role="img" ` +
    `font-variant="tabular-nums" aria-label="${escapeAttribute(description)}">`;
  return root + uniqueIds(body);
}

/**
 * Leaves out what only Vega's own runtime reads: class names (the page's styles could catch on them), roles within
 * the one image, and empty background paths.
 */
function plain(body: string): string {
  return body
    .replaceAll(/ (?:class|role|aria-[a-z]+)="[^"]*"/g, '')
    .replaceAll(/<path d="M0,0h0v0h0Z"(?: pointer-events="none")?\/>/g, '');
}

/** Vega numbers its clip paths and gradients over the whole process; here they are named after the content. */
function uniqueIds(body: string): string {
  const ids = [...new Set([...body.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!))];
  if (ids.length === 0) return body;
  const nameless = ids.reduce((text, id, index) => replaceId(text, id, `#${index}`), body);
  const hash = createHash('sha256').update(nameless).digest('hex').slice(0, 10);
  return ids.reduce((text, id, index) => replaceId(text, id, `c${hash}-${index}`), body);
}

function replaceId(text: string, id: string, name: string): string {
  return text.replaceAll(` id="${id}"`, ` id="${name}"`).replaceAll(`url(#${id})`, `url(#${name})`);
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
