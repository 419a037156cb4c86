const DAY = 86_400_000;

/** Whole days from one calendar day to another (YYYY-MM-DD); negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** The calendar day `days` later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The Sunday of the week that a day is in; weeks begin on Monday. */
export function sundayOf(day: string): string {
  return addDays(day, (7 - new Date(Date.parse(`${day}T00:00:00Z`)).getUTCDay()) % 7);
}
