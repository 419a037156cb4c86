import type { TopLevelSpec } from 'vega-lite';

export type ThemeName = 'light' | 'dark' | 'print';

export interface ChartOptions {
  /** `print` is `light` on opaque white. */
  theme: ThemeName;
  /** Arms stand behind letters or are pooled: colours come from the masked set, and no arm looks like the reference. */
  masked: boolean;
  /** Of the whole picture, in pixels. From 320 up; charts lay themselves out anew below about 440. */
  width: number;
  /** A picture that has to speak for itself: title, subtitle, ground and margins are drawn into it. */
  standalone?: boolean;
  /** Under a stand-alone picture: data cut-off, mask state, synthetic data. */
  note?: string;
  /** Says words in another language, for texts that are broken into lines while the picture is laid out. */
  say?: ((text: string) => string) | null;
}

export interface ChartColumn {
  id: string;
  label: string;
  numeric: boolean;
}

/** The chart's numbers as a table, in the order in which the chart shows them. */
export interface ChartTable {
  columns: ChartColumn[];
  rows: Record<string, string | number | null>[];
}

export interface ChartWords {
  title: string;
  subtitle: string;
  /** Full sentences that carry the numbers, for readers who can't see the picture. */
  description: string;
}

export interface Chart extends ChartWords {
  spec: TopLevelSpec;
  table: ChartTable;
}
