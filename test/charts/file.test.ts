import { expect, test } from 'vitest';
import { survivalChart } from '../../analysis/charts/index.ts';
import { chartFile } from '../../server/charts/file.ts';
import { renderSvg } from '../../server/charts/render.ts';
import { trial } from '../reference/trial.ts';

const of = (label: string) =>
  survivalChart(
    {
      arms: ['CBT', 'APP', 'TAU'].map((id) => ({ id, label: id, reference: id === 'TAU' })),
      followed: Object.fromEntries(
        ['CBT', 'APP', 'TAU'].map((id) => [
          id,
          trial.filter(({ arm }) => arm === id).map(({ time, event }) => ({ time, event: event === 1 })),
        ]),
      ),
      label,
      event: 'responded',
      unit: 'weeks',
      level: 0.95,
      rising: true,
    },
    { theme: 'light', masked: false, width: 640, standalone: true },
  );
const chart = of('Time to first response');

test('an SVG that is taken away has its letters in it, and is the picture of the page besides', async () => {
  const file = String(await chartFile(chart, 'svg'));
  const [style] = /<style>.*?<\/style>/s.exec(file) ?? [''];
  // A WOFF2 begins with the letters wOF2 (https://www.w3.org/TR/WOFF2/, section 4).
  const faces = [...style.matchAll(/font-weight:(\d+);src:url\(data:font\/woff2;base64,([^)]+)\)/g)];
  expect(faces.map(([, weight]) => weight)).toEqual(['400', '600']);
  for (const [, , bytes] of faces)
    expect(Buffer.from(bytes!, 'base64').subarray(0, 4).toString()).toBe('wOF2');
  expect(file.replace(style, '')).toBe(await renderSvg(chart.spec, 'fixed'));
});

test('whatever people typed into a label, a picture is whole XML and nothing in it is markup', async () => {
  // A tag with its attributes, white space and words: XML 1.0, sections 2.2, 2.4 and 3.1.
  const tag = '<[/]?[a-zA-Z][\\w:-]*(?:\\s+[\\w:-]+="[^"<]*")*\\s*/?>';
  const whole = new RegExp(`^(?:${tag}|[^<>&]|&(?:amp|lt|gt|quot|apos|#\\d+);)*$`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the characters that XML has no place for
  const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
  for (const label of [
    'a > b',
    'a < b & "c"',
    '<script>alert(1)</script>',
    "$& $` $' it’s",
    'bell \u0007 and \0 none',
  ]) {
    const named = of(label);
    const picture = await renderSvg(named.spec, 'fixed');
    expect(picture, label).toMatch(whole);
    expect(picture, label).not.toMatch(forbidden);
    expect(picture).not.toContain('<script');
    const file = String(await chartFile(named, 'svg'));
    const [style] = /<style>.*?<\/style>/s.exec(file) ?? [''];
    expect(file.replace(style, ''), label).toBe(picture);
    expect(file).toMatch(/^<svg(?:\s[\w:-]+="[^"]*")*><style>/);
    expect(((await chartFile(named, 'png')) as Buffer).toString('latin1', 1, 4)).toBe('PNG');
  }
});
