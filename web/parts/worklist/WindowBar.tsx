import type { VisitView } from '../../../server/visits/contract.ts';
import { type Day, shortDay } from '../../time.ts';
import { type Axis, axisWidth, clamped, within } from './axis.ts';

/** The heads of the axis: first line, today, the line after. */
export function AxisHead({ axis, today }: { axis: Axis; today: Day }) {
  const now = axis.at(today, 0.5);
  const shown = axis.lines.filter(({ x }) => x + 3 < now - 21 - 36 || x > now + 21);
  const first = shown.find(({ x }) => x < now);
  const next = shown.find(({ x }) => x > now);
  return (
    <svg className="chart" aria-hidden="true" width={axisWidth} height="32" viewBox={`0 0 ${axisWidth} 32`}>
      {first && (
        <text className="t" x={first.x + 2.5} y="21">
          {shortDay(first.day)}
        </text>
      )}
      {next && (
        <text className="t" x={next.x + 2.5} y="21">
          {shortDay(next.day)}
        </text>
      )}
      <rect className="chip" x={now - 21} y="7" width="42" height="18" rx="4" />
      <text className="m on-chip" x={now} y="20">
        {shortDay(today)}
      </text>
    </svg>
  );
}

/** A visit's window as a band with its target day, its close, and the day booked or seen. Repeats the dates in words beside it. */
export function WindowBar({
  visit,
  axis,
  today,
  late,
}: {
  visit: VisitView;
  axis: Axis;
  today: Day;
  late: boolean;
}) {
  const now = axis.at(today, 0.5);
  const { opens, closes, target } = visit;
  const from = opens === null ? 0 : clamped(axis.at(opens));
  const to = closes === null ? 0 : clamped(axis.at(closes, 1));
  const goal = target === null ? -1 : axis.at(target, 0.5);
  const end = closes === null ? -1 : axis.at(closes, 1) - 1;
  const met = visit.seenOn ?? visit.bookedFor?.slice(0, 10) ?? null;
  const dot = met === null ? -1 : axis.at(met, 0.5);
  return (
    <svg
      className={late ? 'chart late' : 'chart'}
      aria-hidden="true"
      width={axisWidth}
      height="40"
      viewBox={`0 0 ${axisWidth} 40`}
    >
      <path className="gl" d={axis.lines.map(({ x }) => `M${x} 0V40`).join('')} />
      {to > from && (
        <rect className={late ? 'wl' : 'wn'} x={from} y="14" width={to - from} height="12" rx="3" />
      )}
      {within(goal) && <path className="tg" d={`M${goal} 14v12`} />}
      <path className="now" d={`M${now} 0V40`} />
      {within(end) && <path className="cap" d={`M${end} 14v12`} />}
      {within(dot) && <circle className="bk" cx={dot} cy="20" r="4.5" />}
    </svg>
  );
}
