const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads a day as people type it: 24 Nov 2026, 24.11.2026, 24/11/26, 2026-11-24, or 24.11 in `today`'s year.
 * Day before month, always. Gives YYYY-MM-DD, or null where it is no day.
 */
export function readDay(typed: string, today: string): string | null {
  const parts = typed
    .trim()
    .toLowerCase()
    .split(/[\s./,-]+/)
    .filter(Boolean);
  const iso = parts[0]?.length === 4;
  const [dayPart, monthPart, yearPart = today.slice(0, 4)] = iso ? [parts[2], parts[1], parts[0]] : parts;
  if (!dayPart || !monthPart || parts.length > 3) return null;
  const named = months.findIndex((month) => monthPart.startsWith(month));
  const month = named >= 0 ? named + 1 : whole(monthPart);
  const year = yearPart.length === 2 ? 2000 + (whole(yearPart) ?? Number.NaN) : whole(yearPart);
  const day = whole(dayPart);
  if (day === null || month === null || year === null || !(year >= 1900 && year < 2200)) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  const valid =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return valid ? date.toISOString().slice(0, 10) : null;
}

const whole = (text: string): number | null => (/^\d{1,4}$/.test(text) ? Number(text) : null);
