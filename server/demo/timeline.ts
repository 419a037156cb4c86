import { addDays } from '../visits/days.rules.ts';
import type { Calibration } from './calibration.ts';
import type { Chance } from './chance.ts';

/** One person to be randomised, before anything is known of the arm. */
export interface Recruit {
  site: string;
  sex: 'female' | 'male';
  age: number;
  screenedOn: string;
  randomisedOn: string;
  /** Whether the 12-month visit is still open today, by the calibration's list. */
  pending: boolean;
}

const RECRUITING_DAYS = 300;
const WINDOW_AFTER = 28;

/**
 * Who is randomised when, in order. The last ones are placed so that their 12-month windows close around today, as the
 * calibration lists it; the others recruit steadily before them, a little slower at first.
 */
export function recruits(calibration: Calibration, today: string, chance: Chance): Recruit[] {
  const total = Object.values(calibration.sites).reduce((sum, n) => sum + n, 0);
  const last = calibration.closing.map((entry) => ({
    day: aYearBefore(addDays(today, Number.parseInt(entry, 10) - WINDOW_AFTER)),
    pending: entry.endsWith('*'),
  }));
  const begin = addDays(last[0]!.day, -RECRUITING_DAYS);
  const earlier = Array.from({ length: total - last.length }, (_, index) => ({
    day: addDays(
      begin,
      Math.floor(RECRUITING_DAYS * ((index + chance.uniform()) / (total - last.length)) ** 0.9),
    ),
    pending: false,
  })).sort((a, b) => a.day.localeCompare(b.day));
  const sites = chance.shuffled(
    Object.entries(calibration.sites).flatMap(([site, n]) => Array<string>(n).fill(site)),
  );
  return [...earlier, ...last].map(({ day, pending }, index) => ({
    site: sites[index]!,
    sex: chance.happens(calibration.women) ? 'female' : 'male',
    age: ageOf(calibration, chance),
    screenedOn: addDays(day, -chance.integer(5, 13)),
    randomisedOn: day,
    pending,
  }));
}

function aYearBefore(day: string): string {
  const earlier = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
  return earlier.endsWith('-02-29') ? `${earlier.slice(0, 8)}28` : earlier;
}

export function ageOf({ age }: Calibration, chance: Chance): number {
  const bell = (chance.uniform() + chance.uniform() + chance.uniform() - 1.5) * 2;
  return Math.min(age.to, Math.max(age.from, Math.round(age.mean + age.sd * bell)));
}
