/** The tables of the demonstration's further charts, counted anew from its exported CSV and nothing else. */

export type Row = Record<string, string>;
type Table = Record<string, string | number | null>[];

const LABELS = { ipt: 'IPT', pegt: 'PeGT', tau: 'TAU' } as const;
const ARMS = Object.keys(LABELS) as (keyof typeof LABELS)[];
const SITES = { lohja: 'Lohja', vihti: 'Vihti' };
/** Of the protocol: months after randomisation, and days that the window is open before and after. */
const VISITS = {
  m3: { label: '3 months', months: 3, days: 14 },
  m12: { label: '12 months', months: 12, days: 28 },
};
const total = (row: Row, visit: string): number | null =>
  row[`${visit}.hamd17.total`] === '' ? null : Number(row[`${visit}.hamd17.total`]);
const scored = (rows: readonly Row[], visit: string): number[] =>
  rows.flatMap((row) => total(row, visit) ?? []);
const ofArm = (rows: readonly Row[], arm: string): Row[] => rows.filter((row) => row.arm === arm);
const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

const DAY = 86_400_000;
export const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;
export const shifted = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
/** The same day of a later month, or its last. */
function after(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}
/** Quantiles as R's default has them (type 7): between the values on either side of 1 + (n − 1) p. */
function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
}
/** Wilson EB, J Am Stat Assoc 1927;22:209. */
function wilson(count: number, of: number): [number, number] {
  const z = 1.959963984540054;
  const p = count / of;
  const half = z * Math.sqrt((p * (1 - p)) / of + z ** 2 / (4 * of ** 2));
  const limit = (sign: number) => (100 * (p + z ** 2 / (2 * of) + sign * half)) / (1 + z ** 2 / of);
  return [limit(-1), limit(1)];
}

const changes = (rows: readonly Row[], visit: string): number[] =>
  rows.flatMap((row) => {
    const at = total(row, visit);
    return at === null ? [] : [at - total(row, 'baseline')!];
  });

export const cumulative = (people: readonly Row[], thresholds: readonly number[]): Table =>
  thresholds.flatMap((threshold) =>
    ARMS.map((arm) => {
      const own = ofArm(people, arm);
      const fell = changes(own, 'm12');
      const count = fell.filter((change) => -change >= threshold).length;
      const missing = own.length - fell.length;
      return {
        threshold,
        arm: LABELS[arm],
        count,
        of: own.length,
        percent: (100 * count) / own.length,
        missing,
      };
    }),
  );

export const trajectories = (people: readonly Row[]): Table =>
  ARMS.flatMap((arm) =>
    Object.entries({ baseline: 'Baseline', m3: '3 months', m12: '12 months' }).map(([visit, label]) => {
      const values = scored(ofArm(people, arm), visit);
      const [least, most] = [Math.min(...values), Math.max(...values)];
      return { arm: LABELS[arm], visit: label, n: values.length, mean: mean(values), least, most };
    }),
  );

export const raincloud = (people: readonly Row[]): Table =>
  ARMS.map((arm) => {
    const own = ofArm(people, arm);
    const values = changes(own, 'm12');
    const [least, lower, median, upper, most] = [0, 0.25, 0.5, 0.75, 1].map((p) => quantile(values, p));
    return {
      arm: LABELS[arm],
      n: values.length,
      missing: own.length - values.length,
      ...{ least: least!, lower: lower!, median: median!, upper: upper!, most: most! },
    };
  });

/** Percent change of each person, the worst first. */
export const waterfall = (people: readonly Row[]): Table =>
  ARMS.flatMap((arm) => {
    const own = ofArm(people, arm).filter((row) => total(row, 'm12') !== null);
    const missing = ofArm(people, arm).length - own.length;
    return own
      .map((row) => (100 * (total(row, 'm12')! - total(row, 'baseline')!)) / total(row, 'baseline')!)
      .sort((a, b) => b - a)
      .map((change, index) => ({ arm: LABELS[arm], rank: index + 1, change, missing }));
  });

const closes = (row: Row, visit: keyof typeof VISITS): string =>
  shifted(after(row.randomised_on!, VISITS[visit].months), VISITS[visit].days);

export const missing = (people: readonly Row[], today: string): Table => {
  const state = (row: Row, visit: keyof typeof VISITS) =>
    total(row, visit) !== null ? 'present' : closes(row, visit) < today ? 'missing' : 'not yet due';
  const patterns = new Map<string, Row[]>();
  for (const row of people) {
    const pattern = `${state(row, 'm3')},${state(row, 'm12')}`;
    patterns.set(pattern, [...(patterns.get(pattern) ?? []), row]);
  }
  return [...patterns].map(([pattern, rows]) => {
    const [visit1, visit2] = pattern.split(',') as [string, string];
    const [arm0, arm1, arm2] = ARMS.map((arm) => ofArm(rows, arm).length) as [number, number, number];
    return { visit0: 'present', visit1, visit2, arm0, arm1, arm2 };
  });
};

const INSTRUMENTS = { 'HAM-D17': 'hamd17', 'CGI-S': 'cgi-s', SOFAS: 'sofas' };

/** Scores that are there, of those there or whose window has closed. */
export const completeness = (people: readonly Row[], today: string): Table =>
  Object.entries(INSTRUMENTS).flatMap(([label, instrument]) =>
    (['m3', 'm12'] as const).map((visit) => {
      const there = people.filter((row) => row[`${visit}.${instrument}.total`] !== '');
      const due = people.filter((row) => !there.includes(row) && closes(row, visit) < today);
      const { length: count } = there;
      return { label: `${label}, ${VISITS[visit].label}`, count, of: count + due.length };
    }),
  );

/** Kaplan and Meier by hand: each time at which somebody left or was no longer followed, in months of 365/12 days. */
export const survival = (people: readonly Row[], today: string): Table =>
  ARMS.flatMap((arm) => {
    const followed = ofArm(people, arm).map((row) => {
      const left =
        row['event.withdrawal'] === '' ? Infinity : daysFrom(row.randomised_on!, row['event.withdrawal']!);
      const died = row['event.death'] === '' ? Infinity : daysFrom(row.randomised_on!, row['event.death']!);
      const end = Math.min(365, daysFrom(row.randomised_on!, today), died);
      return { days: Math.min(left, end), event: left <= end };
    });
    let staying = 1;
    return [...new Set(followed.map(({ days }) => days))]
      .sort((a, b) => a - b)
      .map((days) => {
        const atRisk = followed.filter((one) => one.days >= days).length;
        const events = followed.filter((one) => one.days === days && one.event).length;
        const censored = followed.filter((one) => one.days === days && !one.event).length;
        staying *= 1 - events / atRisk;
        return {
          arm: LABELS[arm],
          time: days / (365 / 12),
          atRisk,
          events,
          censored,
          percent: 100 * (1 - staying),
        };
      });
  });

/** @param people everybody in the trial; @param queries unresolved ones by site */
export const sites = (
  people: readonly Row[],
  { from, to, today }: { from: string; to: string; today: string },
  queries: Readonly<Record<string, number>>,
): Table =>
  Object.entries(SITES)
    .map(([site, label]) => {
      const own = people.filter((row) => row.site === site);
      const last = [to, ...people.map((row) => row.randomised_on!)].sort().at(-1)!;
      const months = daysFrom(from, last < today ? last : today) / (365.25 / 12);
      const { count, of } = completeness(own, today).find((row) => row.label === 'HAM-D17, 12 months') as {
        count: number;
        of: number;
      };
      const [lower, upper] = wilson(count, of);
      const rate = own.length / months;
      return {
        site: label,
        randomised: own.length,
        rate,
        complete: count,
        of,
        lower,
        upper,
        queries: queries[site] ?? 0,
      };
    })
    .sort((a, b) => b.randomised - a.randomised);

/** Days of each visit from its target, by site; a visit took place when the first of its forms was assessed. */
export const timeliness = (people: readonly Row[]): Table =>
  (Object.keys(VISITS) as (keyof typeof VISITS)[]).flatMap((visit) =>
    Object.entries(SITES).map(([site, label]) => {
      const days = people
        .filter((row) => row.site === site)
        .flatMap((row) => {
          const seen = Object.keys(row)
            .filter(
              (name) => name.startsWith(`${visit}.`) && name.endsWith('.assessed_on') && row[name] !== '',
            )
            .map((name) => row[name]!)
            .sort()[0];
          return seen === undefined ? [] : [daysFrom(after(row.randomised_on!, VISITS[visit].months), seen)];
        });
      return {
        visit: VISITS[visit].label,
        site: label,
        seen: days.length,
        outside: days.filter((one) => Math.abs(one) > VISITS[visit].days).length,
        median: quantile(days, 0.5),
        least: Math.min(...days),
        most: Math.max(...days),
      };
    }),
  );

/** How many of an arm gave each answer to each item at 12 months; 3 to item 16 says that it was not assessed. */
export const items = (people: readonly Row[]): Table =>
  Array.from({ length: 17 }, (_, index) => `${index + 1}`).flatMap((item) =>
    ARMS.map((arm) => {
      const answers = ofArm(people, arm)
        .filter((row) => row['m12.hamd17.form_status'] === 'complete')
        .map((row) => row[`m12.hamd17.${item}`]!);
      const counts = ['0', '1', '2', '3', '4'].map(
        (answer) => answers.filter((one) => one === answer && !(item === '16' && answer === '3')).length,
      );
      const [answer0, answer1, answer2, answer3, answer4] = counts as [
        number,
        number,
        number,
        number,
        number,
      ];
      return { arm: LABELS[arm], answer0, answer1, answer2, answer3, answer4 };
    }),
  );

/** “5/134 (4%)” and “2% to 8%” as reports write them. */
export const share = (count: number, of: number): string => `${count}/${of} (${whole((100 * count) / of)}%)`;
const whole = (percent: number): number => Math.floor(percent + 0.5);
export function counted(label: string, codes: readonly string[], of: number, events = true): string[] {
  const count = new Set(codes).size;
  const [lower, upper] = wilson(count, of);
  const limits = `${whole(Math.max(0, lower))}% to ${whole(upper)}%`;
  return [label, share(count, of), limits, ...(events ? [`${codes.length}`] : [])];
}

const RELATED = ['POSSIBLE', 'PROBABLE', 'DEFINITE'];

/** Adverse events of the harms export (SDTM names), of everybody randomised. */
export function adverseEvents(harms: readonly Row[], of: number): string[][] {
  const row = (label: string, which: (harm: Row) => boolean) =>
    counted(
      label,
      harms.filter(which).map((harm) => harm.USUBJID!),
      of,
    );
  const serious = ({ AESER }: Row) => AESER === 'Y';
  const related = ({ AEREL }: Row) => RELATED.includes(AEREL!);
  return [
    row('Any adverse event', () => true),
    row('Serious adverse event', serious),
    row('Related (possibly, probably or definitely)', related),
    row('Serious and related', (harm) => serious(harm) && related(harm)),
    row('Suspected unexpected serious reaction', ({ unexpected_reaction: one }) => one === 'Y'),
    row('Led to stopping the study treatment', ({ AEACN }) => AEACN === 'DRUG WITHDRAWN'),
    ...['mild', 'moderate', 'severe', 'life-threatening', 'fatal'].map((grade, index) =>
      row(`Grade ${index + 1}, ${grade}`, ({ AETOXGR }) => AETOXGR === `${index + 1}`),
    ),
  ];
}

/** A number’s mean, deviation, median and quartiles as the baseline table writes them. */
export function moments(values: readonly number[]): [meanSd: string, medianQuartiles: string] {
  const middle = mean(values);
  const sd = Math.sqrt(values.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (values.length - 1));
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((p) => quantile(values, p).toFixed(1));
  return [`${middle.toFixed(1)} (${sd.toFixed(1)})`, `${median} [${lower} to ${upper}]`];
}
