import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import type { resultRow } from '../../server/results/contract.ts';

/** Traces what a dashboard says to what was analysed; how numbers are written is said here anew, apart from the code. */

type Row = z.infer<typeof resultRow>;

const whole = (share: number) => `${Math.floor(100 * share + 0.5)}%`;
const minus = (value: number) => (value < 0 ? '−' : '');
const points = (value: number) => {
  const text = (Math.round(Math.abs(100 * value) * 10) / 10).toFixed(1);
  return text === '0.0' ? text : `${value < 0 ? '−' : '+'}${text}`;
};
const change = (value: number) => `${minus(value)}${Math.abs(value).toFixed(1)}`;

/** Everything that may be written of the rows: each percentage only beside its numerator and denominator. */
export function writtenOf(rows: readonly Row[], arm: (id: string) => string): string[] {
  const counts = new Map<string, string>();
  for (const row of rows)
    if (row.measure === 'proportion' && row.denominator !== null)
      counts.set(
        [row.outcome, row.visit, row.missing, row.arm].join(' '),
        `${row.numerator}/${row.denominator}`,
      );
  return rows.flatMap((row) => {
    if (row.estimate === null || row.lower === null || row.upper === null) return [];
    const name = arm(row.arm!);
    if (row.measure === 'proportion') {
      const share = `${row.numerator}/${row.denominator} (${whole(row.numerator! / row.denominator!)})`;
      const limits = `${whole(row.lower)} to ${whole(row.upper)}`;
      return [`${name} ${share}, interval ${limits}`, `${share}, ${limits}`, share];
    }
    if (row.measure === 'risk-difference') {
      const of = (id: string) => counts.get([row.outcome, row.visit, row.missing, id].join(' '))!;
      const text = `${points(row.estimate)} (${points(row.lower)} to ${points(row.upper)})`;
      const both = `${of(row.arm!)} against ${of(row.versus!)}`;
      return [`${name} − ${arm(row.versus!)} ${text}, ${both}`, text, of(row.arm!), of(row.versus!)];
    }
    const limits = `${change(row.lower)} to ${change(row.upper)}, n ${row.denominator}`;
    return [
      `${name} ${change(row.estimate)} (${limits})`,
      `${name} ${change(row.estimate)}`,
      `${row.denominator}`,
    ];
  });
}

/** Numbers of a text that none of these phrases accounts for; the longest phrase is taken out first. */
export function untraced(text: string, phrases: readonly string[]): string[] {
  let rest = text.replaceAll('\u00a0', ' ');
  for (const phrase of [...new Set(phrases)].sort((a, b) => b.length - a.length))
    rest = rest.replaceAll(
      new RegExp(
        `(?<![\\d.,/−+])${phrase.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\d/%]|[.,]\\d)`,
        'g',
      ),
      ' ',
    );
  return rest.match(/[−+]?\d[\d,.]*%?/g) ?? [];
}

/** The words of a picture, in the order in which they are drawn. */
export const wordsOf = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, word]) => word!.replaceAll('&amp;', '&'));

/** Whether these are the marks of an axis: evenly spaced numbers, at least three. */
export function isAxis(marks: readonly string[]): boolean {
  const values = [...new Set(marks.map((mark) => Number(mark.replace('−', '-').replace(/[%,]/g, ''))))].sort(
    (a, b) => a - b,
  );
  const steps = values.slice(1).map((value, index) => value - values[index]!);
  return values.length > 2 && steps.every((step) => Math.abs(step - steps[0]!) < 1e-9);
}

export interface Person {
  participant: string;
  arm: string;
  site: string;
  sex: string;
  age: string;
  started: string;
  baseline: string;
  m3: string;
  m12: string;
  /** CGI-S and SOFAS at baseline. */
  cgi: string;
  sofas: string;
}

/** The demonstration’s HAM-D totals, as test/reference/dashboard.R reads them. */
export const people = (): Person[] =>
  parse(readFileSync('test/reference/demonstration.csv', 'utf8'), { columns: true }) as Person[];
