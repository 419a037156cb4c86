import { isPooled } from '../validate.ts';
import type { ChartOptions, ThemeName } from './chart.ts';

interface Colours {
  /** What the chart stands on; halos round points take it too. */
  surface: string;
  /** Fill of boxes that carry weight. */
  sunken: string;
  ink: string;
  ink2: string;
  ink3: string;
  grid: string;
  axis: string;
  /** Arms other than the reference, by position. */
  arms: string[];
  reference: string;
  /** Arms behind letters: other hues, so that a colour learned elsewhere unmasks nobody. */
  masked: string[];
}

const light: Colours = {
  surface: '#FFFFFF',
  sunken: '#EFF1F4',
  ink: '#1B2430',
  ink2: '#46515E',
  ink3: '#5C6875',
  grid: '#E4E7EB',
  axis: '#AEB6C0',
  arms: ['#10458A', '#BF4D06', '#632B00', '#5563C6', '#9C0E39', '#558047', '#554763'],
  reference: '#70757E',
  masked: ['#432183', '#0B8385', '#7C5D08', '#8047AA', '#631C1C', '#B84771', '#713963', '#717147'],
};

const dark: Colours = {
  surface: '#14181D',
  sunken: '#1E252D',
  ink: '#EDF0F3',
  ink2: '#BCC5CE',
  ink3: '#9AA5B1',
  grid: '#2A313A',
  axis: '#5A6572',
  arms: ['#4C9BE8', '#F0943A', '#AAF1AA', '#AA809C', '#718E71', '#F1B8FF', '#B87139'],
  reference: '#DDE1E6',
  masked: ['#A585F7', '#5FDAD6', '#EBCF4A', '#9C800E', '#2B9C80', '#C663AA', '#D5D59C', '#AAAA63'],
};

/**
 * The colours of a theme. Arms and masked letters each have a contrast of 4.5 or more on the surface, and are told
 * apart in normal vision and with protan, deutan and tritan vision: the first three of each by a colour difference
 * (CIEDE2000) of at least 19, all eight by at least 9. Past three, shape and dash carry the most.
 */
export function coloursOf(theme: ThemeName): Colours {
  return theme === 'dark' ? dark : light;
}

/** A Vega symbol or path, and the area that makes all of them look equally large. */
interface Shape {
  symbol: string;
  size: number;
}

const circle: Shape = { symbol: 'circle', size: 84 };
const square: Shape = { symbol: 'square', size: 76 };
const triangle: Shape = { symbol: 'triangle-up', size: 104 };
const rest: Shape[] = [
  { symbol: 'diamond', size: 92 },
  { symbol: 'triangle-down', size: 104 },
  { symbol: 'cross', size: 92 },
  { symbol: 'triangle-right', size: 104 },
  { symbol: 'M0,-1L0.951,-0.309L0.588,0.809L-0.588,0.809L-0.951,-0.309Z', size: 118 },
];
const SHAPES = [circle, square, ...rest];
const MASKED_SHAPES = [circle, square, triangle, ...rest];
const DASHES = [[], [7, 3], [10, 3, 2, 3], [4, 3], [12, 4], [6, 2, 2, 2, 2, 2], [3, 2]];
const MASKED_DASHES = [[], [7, 3], [2, 2], [10, 3, 2, 3], [4, 3], [12, 4], [6, 2, 2, 2, 2, 2], [3, 2]];
const DOTTED = [2, 2];

export interface ArmStyle {
  colour: string;
  shape: Shape;
  /** Stroke dash in pixels; empty is solid. */
  dash: number[];
}

/**
 * How each arm looks, by position and not by name: the first arm that isn't the reference is blue, a solid line and a
 * circle in every study. The reference is neutral grey, dotted, a triangle; pooled data is ink. Under masking every
 * arm takes the next masked style, so that nothing tells the reference from the others.
 *
 * @param arms in the protocol's order, two to eight, or one pooled
 */
export function armStyles(
  arms: readonly { id: string; reference: boolean }[],
  { theme, masked }: Pick<ChartOptions, 'theme' | 'masked'>,
): ArmStyle[] {
  const colours = coloursOf(theme);
  if (isPooled(arms)) return [{ colour: colours.ink, shape: circle, dash: [] }];
  let position = 0;
  return arms.map((arm) => {
    if (arm.reference && !masked) return { colour: colours.reference, shape: triangle, dash: DOTTED };
    const index = position++;
    const [hues, shapes, dashes] = masked
      ? [colours.masked, MASKED_SHAPES, MASKED_DASHES]
      : [colours.arms, SHAPES, DASHES];
    return {
      colour: hues[index % hues.length]!,
      shape: shapes[index % shapes.length]!,
      dash: dashes[index % dashes.length]!,
    };
  });
}

const AGES = {
  light: ['#D5DCE4', '#9FACBA', '#CF7D4B', '#9C2C00'],
  dark: ['#3A4653', '#66788B', '#B9693A', '#FF9A62'],
};

/** What waits: from quiet grey to a strong rust, told apart by lightness too. At most four. */
export function ageColours(theme: ThemeName, count: number): string[] {
  const all = AGES[theme === 'dark' ? 'dark' : 'light'];
  return count >= all.length
    ? [...all, ...Array<string>(count - all.length).fill(all.at(-1)!)]
    : all.slice(all.length - count);
}

const LEANINGS = {
  light: { good: ['#1F7566', '#61A295', '#A3CEC4'], bad: ['#D596BC', '#B96FA2', '#94347A'] },
  dark: { good: ['#4FC3AE', '#3E9787', '#2F7468'], bad: ['#7D4268', '#B1679A', '#E58CC6'] },
};

/**
 * From good through middling to bad, in hues that no arm has: strong at both ends, pale in the middle.
 *
 * @param good how many shades lean to the good, at most 3
 * @param bad how many lean to the bad, at most 3; a single one is pale
 */
export function leaningColours(theme: ThemeName, good: number, bad: number): string[] {
  const shades = LEANINGS[theme === 'dark' ? 'dark' : 'light'];
  const spaced = (all: string[], count: number) =>
    count === 1
      ? [all[0]!]
      : Array.from({ length: count }, (_, at) => all[Math.round((at * 2) / (count - 1))]!);
  return [...spaced(shades.good, good), ...spaced(shades.bad, bad)];
}
