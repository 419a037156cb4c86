import { dayLabel } from '../day.ts';
import type { Recruitment } from '../recruitment.ts';
import type { Chart, ChartOptions } from './chart.ts';
import { emptySpec } from './frame.ts';
import { levelText } from './numbers.ts';
import { drawRecruitment } from './recruitment-picture.ts';
import { recruitmentTable } from './recruitment-table.ts';

/**
 * Recruitment against its plan: the count as steps, the planned line dashed, the target dotted, and the forecast with
 * its band. It is always of all arms together, in ink.
 */
export function recruitmentChart(results: Recruitment, options: ChartOptions): Chart {
  const words = { title: 'Recruitment', subtitle: summary(results) };
  const description = describe(results);
  const table = recruitmentTable(results);
  const nothing = nothingToDraw(results);
  const spec =
    nothing !== null
      ? emptySpec(nothing, { ...words, description }, options)
      : drawRecruitment(results, { ...words, description }, options);
  return { ...words, description, spec, table };
}

/** Why there is no course to draw; null where there is one. */
function nothingToDraw({ count, planned, forecast, series }: Recruitment): string | null {
  if (planned !== null || forecast !== null) return null;
  if (count === 0) return 'Nobody is randomised yet.';
  const [first, last] = [series[0]!.on, series.at(-1)!.on];
  return first === last ? `Everybody was randomised on one day, ${dayLabel(last)}.` : null;
}

function progress({ count, target, asOf, finishedOn }: Recruitment): string {
  const done = `${count} of ${target} randomised`;
  return finishedOn ? `${done}, finished ${dayLabel(finishedOn)}` : `${done} by ${dayLabel(asOf)}`;
}

function summary(results: Recruitment): string {
  const { forecast } = results;
  if (!forecast) return progress(results);
  const { median } = forecast.reached;
  const when = median ? `target by ${dayLabel(median)}` : 'target not within ten years';
  return `${progress(results)}. Forecast: ${when} (${levelText(forecast.level)} band)`;
}

function describe(results: Recruitment): string {
  const { planned, forecast } = results;
  const parts = [`Recruitment: ${progress(results)}.`];
  if (planned) parts.push(`Planned: ${planned[1].count} by ${dayLabel(planned[1].on)}.`);
  if (forecast) {
    const { median, earliest, latest } = forecast.reached;
    const rate = `At the rate of the last ${forecast.windowDays} days (${forecast.recent} randomised)`;
    const day = (on: string | null) => (on ? dayLabel(on) : 'more than ten years away');
    parts.push(
      median
        ? `${rate} the target is reached by ${dayLabel(median)}, ${levelText(forecast.level)} band ${day(earliest)} to ${day(latest)}.`
        : `${rate} the target isn’t reached within ten years.`,
    );
  }
  return parts.join(' ');
}
