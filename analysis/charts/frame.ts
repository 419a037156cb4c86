import type { TopLevelSpec } from 'vega-lite';
import type { ChartOptions, ChartWords } from './chart.ts';
import { coloursOf } from './palette.ts';
import { wrapText, wrapWithin } from './text-width.ts';
import { TEXT, themeConfig } from './theme.ts';

type Layered = Extract<TopLevelSpec, { layer: unknown }>;
export type Layer = Layered['layer'][number];

/** The plot's height and the room that text takes round it, in pixels. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  height: number;
}

/** A word at a place, in pixels from the plot's upper left corner; y is the middle of the line. */
export interface Caption {
  x: number;
  y: number;
  text: string;
  align?: 'left' | 'center' | 'right';
  weight?: 400 | 600;
  colour?: string;
  size?: number;
  angle?: number;
}

/** Between the lines of a label that takes two. */
const LABEL_LINE = 14;
const MARGIN = 16;
const TITLE = { size: 16, line: 22 };
const LINE = 17;
const GAP = 14;

/** The text in the language of the picture, for measuring it and breaking it into lines. */
export function said({ say }: ChartOptions, text: string): string {
  return say ? say(text) : text;
}

/** A label of one line or two about its middle, in a column of this width. */
export function labelLines(label: Caption, width: number, options: ChartOptions): Caption[] {
  const lines = wrapWithin(said(options, label.text), width, 2);
  return lines.map((text, index) => ({
    ...label,
    text,
    y: label.y + LABEL_LINE * (index - (lines.length - 1) / 2),
  }));
}

/** How wide the plot itself is between its margins. */
export function plotWidth(options: ChartOptions, { left, right }: Pick<Frame, 'left' | 'right'>): number {
  return Math.max(40, options.width - left - right - 2 * margin(options));
}

/** How high a plot is: a picture that stands alone and is wide gets a third more than a card. */
export function plotHeight(options: ChartOptions, height: number): number {
  return options.standalone && options.width >= 600 ? Math.round(height * 1.33) : height;
}

function margin(options: ChartOptions): number {
  return options.standalone ? MARGIN : 0;
}

/**
 * Puts layers into a picture of exactly `options.width` pixels. Sizes are fixed (`autosize: none`), so that text
 * keeps its size and charts of one width line up, whatever their labels.
 */
export function frameSpec(
  frame: Frame,
  layers: Layer[],
  words: ChartWords,
  options: ChartOptions,
): TopLevelSpec {
  const outer = margin(options);
  const colours = coloursOf(options.theme);
  const inner = options.width - 2 * outer;
  const captions: Caption[] = [];
  let above = frame.top + outer;
  let below = frame.bottom + outer;
  if (options.standalone) {
    const lines = wrapText(said(options, words.subtitle), inner);
    const head = TITLE.line + LINE * lines.length + GAP;
    const top = -frame.top - head;
    captions.push({
      x: -frame.left,
      y: top + TITLE.line / 2,
      text: words.title,
      weight: 600,
      size: TITLE.size,
    });
    for (const [index, text] of lines.entries()) {
      captions.push({
        x: -frame.left,
        y: top + TITLE.line + LINE * (index + 0.5),
        text,
        colour: colours.ink3,
      });
    }
    const notes = options.note ? wrapText(said(options, options.note), inner) : [];
    for (const [index, text] of notes.entries()) {
      const y = frame.height + frame.bottom + GAP + LINE * (index + 0.5);
      captions.push({ x: -frame.left, y, text, colour: colours.ink3 });
    }
    above += head;
    below += notes.length === 0 ? 0 : GAP + LINE * notes.length;
  }
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    description: words.description,
    width: plotWidth(options, frame),
    height: frame.height,
    autosize: { type: 'none', contains: 'content' },
    padding: { left: frame.left + outer, right: frame.right + outer, top: above, bottom: below },
    config: themeConfig(options.theme, options.standalone === true || options.theme === 'print'),
    layer: [...layers, ...captionLayers(captions, options)],
  };
}

/** Captions as text layers, one for each way of setting them. */
export function captionLayers(captions: readonly Caption[], options: ChartOptions): Layer[] {
  const { ink } = coloursOf(options.theme);
  const styles = new Map<string, Caption[]>();
  for (const caption of captions) {
    if (caption.text === '') continue;
    const { align = 'left', weight = 400, size = TEXT, angle = 0 } = caption;
    const key = JSON.stringify({ align, fontWeight: weight, fontSize: size, angle });
    styles.set(key, [...(styles.get(key) ?? []), caption]);
  }
  return [...styles].map(([key, group]) => ({
    data: { values: group.map(({ x, y, text, colour = ink }) => ({ x, y, text, colour })) },
    mark: { type: 'text', baseline: 'middle', ...JSON.parse(key) },
    encoding: {
      x: { field: 'x', type: 'quantitative', scale: null, axis: null },
      y: { field: 'y', type: 'quantitative', scale: null, axis: null },
      text: { field: 'text' },
      color: { field: 'colour', type: 'nominal', scale: null },
    },
  }));
}

/** A chart that has nothing to show yet: one quiet line that says so, in the space of a small chart. */
export function emptySpec(message: string, words: ChartWords, options: ChartOptions): TopLevelSpec {
  const frame = { left: 0, right: 0, top: 0, bottom: 0, height: 96 };
  const width = plotWidth(options, frame);
  const lines = wrapText(message, width - 48);
  const { ink3 } = coloursOf(options.theme);
  const captions = lines.map((text, index) => ({
    x: width / 2,
    y: frame.height / 2 + LINE * (index - (lines.length - 1) / 2),
    text,
    align: 'center' as const,
    colour: ink3,
  }));
  return frameSpec(frame, captionLayers(captions, options), words, options);
}
