import { ticksTo } from './numbers.ts';
import css from './simulator.module.css';

export interface DotRow {
  id: string;
  label: string;
  own: boolean;
  /** The filled dot. */
  value: number;
  /** A second value: the end of the line from the dot, ticked or with an open dot. */
  other: number;
  text: string;
}

interface Props {
  title: string;
  subtitle: string;
  rows: readonly DotRow[];
  /** How the second value is drawn. */
  end: 'tick' | 'dot';
  /** Values that the axis must reach at least. */
  most?: number;
  format: (value: number) => string;
  /** A value to compare with, as a dashed line. */
  reference?: number;
}

/** Half a dot: the tracks keep this much room at both ends. */
const height = 26;

/** A row for each design: a dot, a line to a second value, and both in figures. Widths are shares, so that it fits a phone. */
export function DotChart({ title, subtitle, rows, end, most = 0, format, reference }: Props) {
  const greatest = Math.max(most, ...rows.flatMap(({ value, other }) => [value, other]), 1e-9);
  const ticks = ticksTo(greatest);
  const at = (value: number) => `${(100 * value) / greatest}%`;
  return (
    <section className="card" aria-label={title}>
      <header>
        <div>
          <h2>{title}</h2>
          <p>{subtitle}</p>
        </div>
      </header>
      <div
        className={`body ${css.chart}`}
        role="img"
        aria-label={`${title}. ${rows.map(({ label, text }) => `${label}: ${text}`).join('; ')}.`}
      >
        {rows.map(({ id, label, own, value, other, text }) => (
          <div key={id} className={css.chartRow} data-own={own || undefined}>
            <span className={css.label}>{label}</span>
            <svg className="chart" width="100%" height={height} aria-hidden="true">
              {ticks.map((tick) => (
                <line
                  key={tick}
                  className={tick === 0 ? 'ax' : 'g'}
                  x1={at(tick)}
                  x2={at(tick)}
                  y1="0"
                  y2={height}
                />
              ))}
              {reference !== undefined && (
                <line className="target" x1={at(reference)} x2={at(reference)} y1="0" y2={height} />
              )}
              <line className={css.span} x1={at(value)} x2={at(other)} y1={height / 2} y2={height / 2} />
              {end === 'tick' ? (
                <line className={css.end} x1={at(other)} x2={at(other)} y1="8" y2={height - 8} />
              ) : (
                <circle className={css.open} cx={at(other)} cy={height / 2} r="4" />
              )}
              <circle className={css.dot} cx={at(value)} cy={height / 2} r={own ? 5 : 4} />
            </svg>
            <span className={css.figures}>{text}</span>
          </div>
        ))}
        <div className={css.chartRow}>
          <span />
          <svg className="chart" width="100%" height="18" aria-hidden="true">
            {ticks.map((tick) => (
              <text key={tick} className="t m" x={at(tick)} y="13">
                {format(tick)}
              </text>
            ))}
          </svg>
          <span />
        </div>
      </div>
    </section>
  );
}
