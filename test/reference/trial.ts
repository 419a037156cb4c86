import { readFileSync } from 'node:fs';

export interface TrialRow {
  id: string;
  arm: string;
  sex: string;
  site: string;
  age: number;
  baseline: number;
  m3: number | null;
  m12: number | null;
  resp12: 0 | 1 | null;
  time: number;
  event: number;
}

/** A synthetic three-arm trial, n = 134 (45/45/44), which the R scripts beside it read too; null is missing. */
export const trial: TrialRow[] = readFileSync(new URL('./trial3.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const cells = line.replaceAll('"', '').split(',');
    const number = (i: number) => (cells[i] === '' ? null : Number(cells[i]));
    return {
      id: cells[0]!,
      arm: cells[1]!,
      sex: cells[2]!,
      site: cells[3]!,
      age: number(4)!,
      baseline: number(5)!,
      m3: number(6),
      m12: number(7),
      resp12: number(8) as 0 | 1 | null,
      time: number(9)!,
      event: number(10)!,
    };
  });

export const arms = ['TAU', 'CBT', 'APP'];
export const sites = [...new Set(trial.map((r) => r.site))].sort();
