import { expect, test } from 'vitest';
import { survivalChart } from '../../analysis/charts/index.ts';
import { chartFile } from '../../server/charts/file.ts';
import { renderSvg } from '../../server/charts/render.ts';
import { trial } from '../reference/trial.ts';

const chart = survivalChart(
  {
    arms: ['CBT', 'APP', 'TAU'].map((id) => ({ id, label: id, reference: id === 'TAU' })),
    followed: Object.fromEntries(
      ['CBT', 'APP', 'TAU'].map((id) => [
        id,
        trial.filter(({ arm }) => arm === id).map(({ time, event }) => ({ time, event: event === 1 })),
      ]),
    ),
    label: 'Time to first response',
    event: 'responded',
    unit: 'weeks',
    level: 0.95,
    rising: true,
  },
  { theme: 'light', masked: false, width: 640, standalone: true },
);

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
