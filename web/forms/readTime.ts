/** Reads a time of day as people type it: 8.30, 08:30, 0830, 8. Gives HH:MM, or null where it is none. */
export function readTime(typed: string): string | null {
  const match = /^(\d{1,2})(?:[.:h ]?(\d{2}))?$/.exec(typed.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? 0)];
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
