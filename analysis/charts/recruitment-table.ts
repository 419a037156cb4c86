import { dayLabel, dayNumber } from '../day.ts';
import type { Recruitment } from '../recruitment.ts';
import type { ChartTable } from './chart.ts';
import { levelText } from './numbers.ts';

/** One row for each month: the count at its end or at the cut-off, the plan, and the forecast after it. */
export function recruitmentTable({ series, planned, forecast }: Recruitment): ChartTable {
  const month = (day: string) => day.slice(0, 7);
  const months = [...series, ...(forecast?.points ?? []), ...(planned ?? [])]
    .map(({ on }) => month(on))
    .sort();
  const rows: ChartTable['rows'] = [];
  for (const name of monthsBetween(months[0]!, months.at(-1)!)) {
    const counted =
      name <= month(series.at(-1)!.on) ? series.filter(({ on }) => month(on) <= name).at(-1) : undefined;
    const point = forecast?.points.filter(({ on }) => month(on) === name).at(-1);
    const on = point?.on ?? (name === month(series.at(-1)!.on) ? series.at(-1)!.on : lastDay(name));
    rows.push({
      month: dayLabel(on),
      randomised: counted?.count ?? null,
      planned: planned ? plannedAt(planned, on) : null,
      forecast: point?.median ?? null,
      lower: point?.lower ?? null,
      upper: point?.upper ?? null,
    });
  }
  return {
    columns: [
      { id: 'month', label: 'By', numeric: false },
      { id: 'randomised', label: 'Randomised', numeric: true },
      { id: 'planned', label: 'Planned', numeric: true },
      { id: 'forecast', label: 'Forecast', numeric: true },
      { id: 'lower', label: `${levelText(forecast?.level ?? 0.8)} band from`, numeric: true },
      { id: 'upper', label: 'to', numeric: true },
    ],
    rows,
  };
}

function plannedAt([begin, end]: NonNullable<Recruitment['planned']>, day: string): number {
  const share = (dayNumber(day) - dayNumber(begin.on)) / (dayNumber(end.on) - dayNumber(begin.on));
  return Math.round(end.count * Math.max(0, Math.min(1, share)));
}

function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let [year, month] = first.split('-').map(Number) as [number, number]; ; ) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    if (name > last) return months;
    months.push(name);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}

function lastDay(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}
