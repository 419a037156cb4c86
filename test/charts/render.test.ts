import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createCanvas, loadImage } from 'canvas';
import type { TopLevelSpec } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { renderPng, renderSvg } from '../../server/charts/render.ts';
import { unpackWoff, withFamily, withTabularFigures } from '../../server/charts/woff.ts';

const pixel = (field: string) => ({ field, type: 'quantitative' as const, scale: null, axis: null });

function textSpec(text: string, more: object = {}): TopLevelSpec {
  return {
    description: 'A chart for a test.',
    width: 200,
    height: 40,
    autosize: { type: 'none' },
    padding: 0,
    config: { font: 'Inter', background: '#FFFFFF', view: { stroke: null } },
    data: { values: [{ x: 4, y: 20, text }] },
    mark: { type: 'text', align: 'left', fontSize: 24, clip: true, ...more },
    encoding: { x: pixel('x'), y: pixel('y'), text: { field: 'text' } },
  };
}

describe('renderSvg', () => {
  test('gives one image that is named by its description and scales with the page', async () => {
    const svg = await renderSvg({ ...textSpec('21/35'), description: 'IPT 21/35 (60%), "A" & <B>.' });
    expect(svg).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="100%" viewBox="0 0 200 40" role="img"/,
    );
    expect(svg).toContain('aria-label="IPT 21/35 (60%), &quot;A&quot; &amp; &lt;B&gt;."');
    expect(svg.match(/ role=/g)).toHaveLength(1);
    expect(svg.match(/ aria-/g)).toHaveLength(1);
    expect(svg).not.toMatch(/ class=| style=|<style|<script/);
  });

  test('keeps the hyphen of a word as narrow as the word wants it, and leaves figures alone', async () => {
    expect(await renderSvg(textSpec('HAM-D17'))).toContain(
      'HAM<tspan font-variant="normal">-</tspan>D17</text>',
    );
    expect(await renderSvg(textSpec('0-6 days'))).toContain('>0-6 days</text>');
    expect(await renderSvg({ ...textSpec('a'), description: 'HAM-D17.' })).toContain('aria-label="HAM-D17."');
  });

  test('keeps its pixels where it is to be a file', async () => {
    const svg = await renderSvg(textSpec('a'), 'fixed');
    expect(svg).toMatch(/^<svg [^>]*width="200" height="40" viewBox="0 0 200 40"/);
  });

  test('has ids of its own, so that two charts stand on one page, and the same ones each time', async () => {
    const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]!);
    const [one, again, other] = await Promise.all([
      renderSvg(textSpec('one')),
      renderSvg(textSpec('one')),
      renderSvg(textSpec('other')),
    ]);
    expect(ids(one).length).toBeGreaterThan(0);
    expect(one).toBe(again);
    expect(ids(one).filter((id) => ids(other).includes(id))).toEqual([]);
    for (const id of ids(one)) expect(one).toContain(`url(#${id})`);
  });

  test('shows words as words, whatever they hold', async () => {
    const svg = await renderSvg(textSpec('<script>alert(1)</script> class="x" & more'));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).toContain('class="x"');
  });

  test('refuses to fetch anything', async () => {
    const spec = { ...textSpec('a'), data: { url: 'https://example.org/data.json' } } as TopLevelSpec;
    await expect(renderSvg(spec)).rejects.toThrow('fetches nothing');
  });

  test('needs no eval: expressions are interpreted', async () => {
    const spec = textSpec('a') as TopLevelSpec & { transform: object[] };
    spec.transform = [{ calculate: "upper(datum.text) + '!'", as: 'text' }];
    const make = globalThis.Function;
    globalThis.Function = (() => {
      throw new Error('no code is made of text');
    }) as unknown as FunctionConstructor;
    try {
      expect(await renderSvg(spec)).toContain('>A!</text>');
    } finally {
      globalThis.Function = make;
    }
  });
});

describe('renderPng', () => {
  /** Where ink begins and ends across, and how much of it there is, at two pixels per unit. */
  async function ink(text: string, more: object = {}) {
    const image = await loadImage(await renderPng(await renderSvg(textSpec(text, more), 'fixed')));
    const context = createCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let [from, to, amount] = [image.width, 0, 0];
    for (let at = 0; at < data.length; at += 4) {
      const dark = 255 - data[at]!;
      if (dark < 64) continue;
      const x = (at / 4) % image.width;
      from = Math.min(from, x);
      to = Math.max(to, x);
      amount += dark;
    }
    return { width: to - from, amount, size: [image.width, image.height] };
  }

  test('is twice as large as the drawing', async () => {
    expect((await ink('60%')).size).toEqual([400, 80]);
  });

  test('sets figures in columns: ones are as wide as noughts', async () => {
    // In Inter's proportional figures “1111” is 0.65 times as wide as “0000”.
    const [ones, noughts] = [await ink('0111110'), await ink('0000000')];
    expect(Math.abs(ones.width - noughts.width)).toBeLessThanOrEqual(1);
  });

  test('has the weight asked for', async () => {
    const [regular, semibold] = [await ink('IPT'), await ink('IPT', { fontWeight: 600 })];
    expect(semibold.amount).toBeGreaterThan(1.15 * regular.amount);
  });

  test('has the minus sign and the letters of Europe', async () => {
    for (const text of ['−', 'ä', 'Ł', 'č']) expect((await ink(text)).amount, text).toBeGreaterThan(1000);
  });
});

describe('woff', () => {
  const require = createRequire(import.meta.url);
  const woff = readFileSync(require.resolve('@fontsource/inter/files/inter-latin-600-normal.woff'));

  test('unpacks to a TrueType font whose tables have the checksums that the font states', () => {
    const font = unpackWoff(woff);
    expect(font.readUInt32BE(0)).toBe(0x00010000);
    const count = font.readUInt16BE(4);
    expect(count).toBe(woff.readUInt16BE(12));
    for (let index = 0; index < count; index++) {
      const at = 12 + 16 * index;
      const offset = font.readUInt32BE(at + 8);
      const length = font.readUInt32BE(at + 12);
      const tag = font.toString('latin1', at, at + 4);
      let sum = 0;
      for (let word = 0; word < length; word += 4) {
        const adjusted = tag === 'head' && word === 8;
        sum = (sum + (adjusted ? 0 : font.readUInt32BE(offset + word))) >>> 0;
      }
      expect(sum, tag).toBe(font.readUInt32BE(at + 4));
    }
  });

  test('renames what it’s asked to and nothing else', () => {
    const font = unpackWoff(woff);
    const changed = withFamily(withTabularFigures(font), 'Inter');
    expect(changed).toHaveLength(font.length);
    let bytes = 0;
    for (const [at, byte] of font.entries()) if (changed[at] !== byte) bytes++;
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(4 * 8 + 2);
    expect(font.includes('tnum')).toBe(true);
    expect(changed.includes('tnum')).toBe(false);
  });

  test('refuses what is no WOFF', () => {
    expect(() => unpackWoff(Buffer.from('wOF2 and more'))).toThrow('not WOFF');
  });
});
