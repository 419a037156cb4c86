import type { TopLevelSpec } from 'vega-lite';
import type { ThemeName } from './chart.ts';
import { coloursOf } from './palette.ts';

/** `Inter Variable` is what the self-hosted variable font calls itself. */
const FONT = '"Inter Variable", Inter, "Segoe UI", system-ui, Arial, sans-serif';

export const TEXT = 12;

/** The Vega-Lite configuration of a theme: quiet axes, no frame, text in the page's typeface. */
export function themeConfig(theme: ThemeName, opaque: boolean): NonNullable<TopLevelSpec['config']> {
  const colours = coloursOf(theme);
  return {
    aria: false,
    background: opaque ? colours.surface : 'transparent',
    font: FONT,
    view: { stroke: null },
    axis: {
      labelColor: colours.ink3,
      titleColor: colours.ink3,
      labelFontSize: TEXT,
      titleFontSize: TEXT,
      titleFontWeight: 400,
      grid: false,
      gridColor: colours.grid,
      gridWidth: 1,
      domain: false,
      domainColor: colours.axis,
      ticks: false,
      tickColor: colours.axis,
      labelPadding: 8,
      labelLimit: 0,
      labelOverlap: false,
      labelFlush: false,
    },
    rule: { color: colours.grid },
    line: { strokeWidth: 2.25, strokeCap: 'butt', strokeJoin: 'round' },
    text: { color: colours.ink, fontSize: TEXT },
    point: { filled: true, opacity: 1 },
  };
}
