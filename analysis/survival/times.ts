/** Follow-up of one person: until an event or until last seen without one. */
export interface Followed {
  time: number;
  /** Whether the event happened at that time (else censored). */
  event: boolean;
}

/** @throws RangeError for times that are negative or not finite */
export function checkTimes(people: readonly Followed[]): void {
  const odd = people.find(({ time }) => !(time >= 0 && time < Infinity));
  if (odd) throw new RangeError(`A follow-up time is a finite number from 0; got ${odd.time}.`);
}

/** Times at which events happened, ascending, with how many events and how many people were then at risk. */
export function riskTable(
  people: readonly Followed[],
): { time: number; events: number; atRisk: number; censored: number }[] {
  checkTimes(people);
  const sorted = [...people].sort((a, b) => a.time - b.time);
  const rows: { time: number; events: number; atRisk: number; censored: number }[] = [];
  for (let i = 0; i < sorted.length; ) {
    const { time } = sorted[i]!;
    let events = 0;
    let j = i;
    while (j < sorted.length && sorted[j]!.time === time) if (sorted[j++]!.event) events++;
    rows.push({ time, events, atRisk: sorted.length - i, censored: j - i - events });
    i = j;
  }
  return rows;
}
