import type { ArmStyle } from './palette.ts';

/**
 * Encoding channels that draw the field `arm` in its arm's style; every chart of arms uses these and no other.
 * Points carry the area of their shape in the field `size`.
 */
export function armChannels(arms: readonly { id: string }[], styles: readonly ArmStyle[]) {
  const channel = <T>(range: T[]) => ({
    field: 'arm',
    type: 'nominal' as const,
    scale: { domain: arms.map((arm) => arm.id), range },
    legend: null,
  });
  return {
    color: channel(styles.map((style) => style.colour)),
    shape: channel(styles.map((style) => style.shape.symbol)),
    size: { field: 'size', type: 'quantitative' as const, scale: null },
    strokeDash: channel(styles.map((style) => (style.dash.length > 0 ? style.dash : [1, 0]))),
  };
}
