import { createHash } from 'node:crypto';
import { renderAsync } from '@resvg/resvg-js';
import { type Loader, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { registerForMeasuring, trueTypeFiles } from './fonts.ts';
import { printable } from './printable.ts';

/**
 * Renders a chart's Vega-Lite spec to SVG for the page or a file.
 *
 * The SVG is one image with the spec's description as its name; ids in it are unique to its content, so that several
 * charts can stand on one page. Expressions run in Vega's interpreter (no `eval`).
 *
 * @param size `fluid` scales with the page, `fixed` keeps the spec's pixels, as a file should
 * @throws Error for a spec that would fetch anything
 */
export async function renderSvg(spec: TopLevelSpec, size: 'fluid' | 'fixed' = 'fluid'): Promise<string> {
  registerForMeasuring();
  const runtime = parse(compile(printable(spec)).spec, undefined, { ast: true });
  const loader = new ClosedLoader();
  const view = new View(runtime, { renderer: 'none', loader, expr: expressionInterpreter });
  try {
    const svg = await view.toSVG();
    if (loader.asked) throw new Error(CLOSED);
    return finish(svg, printable(spec.description ?? ''), size);
  } finally {
    view.finalize();
  }
}

const CLOSED = 'A chart holds its own data and fetches nothing.';

/** Refuses every address, and remembers that it was asked: Vega itself only draws without what it couldn't load. */
class ClosedLoader implements Loader {
  options = {};
  asked = false;

  private refuse(): Promise<never> {
    this.asked = true;
    return Promise.reject(new Error(CLOSED));
  }

  load = () => this.refuse();
  sanitize = () => this.refuse();
  http = () => this.refuse();
  file = () => this.refuse();
}

/**
 * Renders a chart's SVG to PNG with Inter's tabular figures.
 *
 * @param scale pixels per unit of the SVG
 */
export async function renderPng(svg: string, scale = 2): Promise<Buffer> {
  const image = await renderAsync(closeHyphens(svg), {
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
  const body = hyphenate(plain(svg.slice(svg.indexOf('>') + 1)));
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
  const bare = inTags(body, (tag) => tag.replace(/ (?:class|role|aria-[a-z]+)="[^"]*"/g, ''));
  return bare.replaceAll(/<path d="(?:M0,0h0v0h0Z)?"(?: pointer-events="none"| display="none")?\/>/g, '');
}

const HYPHEN = '<tspan font-variant="normal">-</tspan>';

/** Tabular figures come with a hyphen as wide as a figure; within a word it keeps its own width. */
function hyphenate(body: string): string {
  return body.replaceAll(
    /(<text\b[^<>]*>)([^<]*)/g,
    (_, tag: string, words: string) => tag + words.replaceAll(/(?<=\p{L})-(?=[\p{L}\p{N}])/gu, HYPHEN),
  );
}

/** How far a figure's width reaches beyond a hyphen's on either side, in Inter. */
const BESIDE_HYPHEN = '-0.14em';

/** For a renderer that knows tabular figures only: draws the words nearer to their hyphens instead. */
function closeHyphens(svg: string): string {
  return svg.replaceAll(
    /<tspan font-variant="normal">-<\/tspan>([^<]*)/g,
    `<tspan dx="${BESIDE_HYPHEN}">-</tspan><tspan dx="${BESIDE_HYPHEN}">$1</tspan>`,
  );
}

/** Changes tags and leaves the words between them alone; Vega escapes `<` and `>` in words and attributes. */
function inTags(body: string, change: (tag: string) => string): string {
  return body.replaceAll(/<[^<>]*>/g, change);
}

/** Vega numbers its clip paths and gradients over the whole process; here they are named after the content. */
function uniqueIds(body: string): string {
  const ids: string[] = [];
  inTags(body, (tag) => {
    const id = / id="([^"]+)"/.exec(tag)?.[1];
    if (id !== undefined) ids.push(id);
    return tag;
  });
  if (ids.length === 0) return body;
  const rename = (name: (index: number) => string) =>
    inTags(body, (tag) =>
      ids.reduce(
        (text, id, index) =>
          text
            .replaceAll(` id="${id}"`, ` id="${name(index)}"`)
            .replaceAll(`url(#${id})`, `url(#${name(index)})`),
        tag,
      ),
    );
  const hash = createHash('sha256')
    .update(rename((index) => `${index}`))
    .digest('hex')
    .slice(0, 10);
  return rename((index) => `c${hash}-${index}`);
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
