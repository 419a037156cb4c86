import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ageColours, armStyles, coloursOf, leaningColours } from '../../analysis/charts/palette.ts';
import { armLook } from '../../web/results/ArmMark.tsx';
import { contrast, difference, type Lab, labOf, visions } from './colour-difference.ts';

const themes = ['light', 'dark', 'print'] as const;

test('the measure of difference gives what Sharma, Wu & Dalal print', () => {
  // Color Res Appl 2005;30:21–30, Table I, pairs 1, 7, 17, 25 and 34.
  const pairs: [Lab, Lab, number][] = [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
    [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
  ];
  for (const [one, other, printed] of pairs) expect(difference(one, other)).toBeCloseTo(printed, 4);
});

describe.each(themes)('%s', (theme) => {
  const colours = coloursOf(theme);
  const arms = [colours.reference, ...colours.arms];

  test('words and arms have a contrast of 4.5 or more on their ground', () => {
    for (const word of [colours.ink, colours.ink2, colours.ink3, ...arms, ...colours.masked]) {
      expect(contrast(word, colours.surface), word).toBeGreaterThanOrEqual(4.5);
    }
    for (const word of [colours.ink, colours.ink2, colours.ink3]) {
      expect(contrast(word, colours.sunken), `${word} on sunken`).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each([
    ['arms', arms],
    ['letters', colours.masked],
  ])('eight %s are told apart by eyes of every kind, the first three with ease', (_, hues) => {
    expect(hues).toHaveLength(8);
    for (const vision of Object.values(visions)) {
      const labs = hues.map((hue) => labOf(hue, vision));
      for (const [later, lab] of labs.entries()) {
        for (const earlier of labs.slice(0, later)) {
          expect(difference(earlier, lab)).toBeGreaterThanOrEqual(later < 3 ? 19 : 9);
        }
      }
    }
  });

  test('no letter looks like an arm', () => {
    for (const letter of colours.masked) {
      for (const arm of arms) {
        const far = difference(labOf(letter, visions.normal!), labOf(arm, visions.normal!));
        expect(far, `${letter} and ${arm}`).toBeGreaterThanOrEqual(8);
      }
    }
  });
});

/*
 * What the palette was chosen for, as figures from outside: contrast of each arm on the ground, and the least
 * difference (CIEDE2000; protan, deutan and tritan vision after Machado et al. 2009) between any two of three arms.
 */
test.each([
  ['light', ['#10458A', '#BF4D06', '#70757E'], '#FFFFFF', [9.4, 4.9, 4.6]],
  ['dark', ['#4C9BE8', '#F0943A', '#DDE1E6'], '#14181D', [6.1, 7.6, 13.6]],
] as const)(
  '%s: arms have the contrast that the palette was chosen with',
  (theme, hues, ground, contrasts) => {
    const colours = coloursOf(theme);
    expect([...colours.arms.slice(0, 2), colours.reference]).toEqual(hues);
    expect(colours.surface).toBe(ground);
    expect(hues.map((hue) => Math.round(10 * contrast(hue, ground)) / 10)).toEqual(contrasts);
  },
);

test('three arms on white differ by 19.7 at least, whoever looks', () => {
  const { arms, reference } = coloursOf('light');
  expect(leastDifference([...arms.slice(0, 2), reference])).toBeCloseTo(19.7, 1);
});

test.each(['light', 'dark'] as const)('%s: masked letters have a contrast of 4.6 (6.2) or more', (theme) => {
  const { masked, surface } = coloursOf(theme);
  const least = Math.min(...masked.slice(0, 3).map((hue) => contrast(hue, surface)));
  expect(Math.round(10 * least) / 10).toBeGreaterThanOrEqual(theme === 'light' ? 4.6 : 6.2);
});

test.each(themes)(
  '%s: what is drawn without words is told from its ground by 3 to 1 (WCAG 2.2, 1.4.11)',
  (theme) => {
    const { surface } = coloursOf(theme);
    const strong = [
      ...ageColours(theme, 4).slice(2),
      ...leaningColours(theme, 2, 2).filter((_, at) => at % 3 === 0),
    ];
    for (const hue of strong) expect(contrast(hue, surface), hue).toBeGreaterThanOrEqual(3);
  },
);

test.each(themes)('%s: neighbours in a stacked bar are told apart by eyes of every kind', (theme) => {
  for (const shades of [ageColours(theme, 4), leaningColours(theme, 2, 2), leaningColours(theme, 2, 3)])
    for (const vision of Object.values(visions))
      for (const [at, hue] of shades.entries())
        if (at > 0)
          expect(
            difference(labOf(shades[at - 1]!, vision), labOf(hue, vision)),
            `${shades[at - 1]} and ${hue}`,
          ).toBeGreaterThanOrEqual(6);
});

function leastDifference(hues: readonly string[]): number {
  return Math.min(
    ...Object.values(visions).flatMap((vision) =>
      hues.flatMap((hue, at) =>
        hues.slice(0, at).map((other) => difference(labOf(other, vision), labOf(hue, vision))),
      ),
    ),
  );
}

test('pages have the palette’s colours for arms and letters, by the same places', () => {
  const css = `${readFileSync('web/styles/tokens.css', 'utf8')}${readFileSync('web/results/results.module.css', 'utf8')}`;
  const [light, dark] = [coloursOf('light'), coloursOf('dark')];
  const tones: [tone: string, inLight: string, inDark: string][] = [
    ['reference', light.reference, dark.reference],
    ...light.arms.map((hue, at): [string, string, string] => [`${at + 1}`, hue, dark.arms[at]!]),
    ...light.masked.map((hue, at): [string, string, string] => [`letter${at}`, hue, dark.masked[at]!]),
  ];
  for (const [tone, inLight, inDark] of tones) {
    const [, value] = new RegExp(`\\[data-arm="${tone}"\\] \\{\\s*--c: ([^;]+);`).exec(css) ?? [];
    const [, token] = /^var\((--[\w-]+)\)$/.exec(value ?? '') ?? [];
    const both = token
      ? [...css.matchAll(new RegExp(`${token}: (#[0-9a-f]{6})`, 'g'))].map(([, hue]) => hue!)
      : (value?.match(/#[0-9a-f]{6}/g) ?? []);
    expect(new Set(both.map((hue) => hue.toUpperCase())), tone).toEqual(new Set([inLight, inDark]));
  }
});

test.each([2, 3, 8])('pages mark %i arms, or letters, with as many shapes as charts do', (count) => {
  const arms = Array.from({ length: count }, (_, at) => ({ id: `arm${at}`, reference: at === count - 1 }));
  const shown = arms as unknown as Parameters<typeof armLook>[0];
  const letters = arms.map((_, at) => String.fromCharCode(65 + at));
  for (const looks of [arms.map(({ id }) => armLook(shown, id)), letters.map((one) => armLook(shown, one))]) {
    expect(new Set(looks.map(({ tone }) => tone)).size).toBe(count);
    expect(new Set(looks.map(({ path }) => path)).size).toBe(count);
  }
});

describe('armStyles', () => {
  const arm = (id: string, reference = false) => ({ id, reference });
  const style = { theme: 'light', masked: false } as const;

  test('goes by position: the reference is grey, a triangle and dotted wherever it stands', () => {
    const last = armStyles([arm('ipt'), arm('pegt'), arm('tau', true)], style);
    expect(last.map(({ colour }) => colour)).toEqual(['#10458A', '#BF4D06', '#70757E']);
    expect(last.map(({ shape }) => shape.symbol)).toEqual(['circle', 'square', 'triangle-up']);
    expect(last.map(({ dash }) => dash)).toEqual([[], [7, 3], [2, 2]]);
    const first = armStyles([arm('placebo', true), arm('drug')], style);
    expect(first.map(({ colour }) => colour)).toEqual(['#70757E', '#10458A']);
  });

  test('in the dark the same places have the dark colours', () => {
    const dark = armStyles([arm('a'), arm('b'), arm('c', true)], { theme: 'dark', masked: false });
    expect(dark.map(({ colour }) => colour)).toEqual(['#4C9BE8', '#F0943A', '#DDE1E6']);
  });

  test('letters take the masked colours in turn, and nothing shows which one is the reference', () => {
    const arms = [arm('A'), arm('B', true), arm('C')];
    const shown = armStyles(arms, { theme: 'light', masked: true });
    expect(shown.map(({ colour }) => colour)).toEqual(['#432183', '#0B8385', '#7C5D08']);
    expect(shown).toEqual(armStyles([arm('A', true), arm('B'), arm('C')], { theme: 'light', masked: true }));
  });

  test('pooled data is ink', () => {
    const pooled = [arm('pooled')];
    expect(armStyles(pooled, { theme: 'light', masked: true })[0]!.colour).toBe(coloursOf('light').ink);
    expect(armStyles(pooled, { theme: 'dark', masked: true })[0]!.colour).toBe(coloursOf('dark').ink);
  });

  test.each([2, 3, 4, 5, 6, 7, 8])('%i arms differ in colour, in shape and in dash', (count) => {
    for (const [theme, masked] of themes.flatMap((theme) => [
      [theme, false] as const,
      [theme, true] as const,
    ])) {
      const arms = Array.from({ length: count }, (_, index) => arm(`arm${index}`, index === 0));
      const styles = armStyles(arms, { theme, masked });
      expect(new Set(styles.map(({ colour }) => colour)).size).toBe(count);
      expect(new Set(styles.map(({ shape }) => shape.symbol)).size).toBe(count);
      expect(new Set(styles.map(({ dash }) => JSON.stringify(dash))).size).toBe(count);
    }
  });
});
