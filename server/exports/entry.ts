import type { Item, Score } from '../instruments/document.ts';
import type { ScreeningField } from '../studies/document.ts';
import type { FormPlace, Layout } from './layout.ts';

/** One line of the data dictionary. */
export interface Entry {
  file: 'long' | 'wide' | 'harms' | 'deviations' | 'medication' | 'sessions' | 'events';
  column: string;
  label: string;
  type: 'text' | 'identifier' | 'code' | 'number' | 'integer' | 'date' | 'time' | 'flag';
  unit?: string;
  minimum?: number;
  maximum?: number;
  codes?: string;
  visit?: string;
  instrument?: string;
  item?: string;
  source: string;
}

export const PROTOCOL = 'Protocol';
export const RECORD = 'Recorded by Equipoise';

/** `0 = Absent | 1 = Slight`. */
export const codesOf = (codes: readonly (readonly [string | number, string])[]): string =>
  codes.map(([code, label]) => `${code} = ${label}`).join(' | ');

export const formStates = [
  ['started', 'entered in part'],
  ['complete', 'entered in full'],
] as const;

/** Columns that both files have. */
export function subjectColumns({
  document,
}: Pick<Layout, 'document'>): Record<string, Omit<Entry, 'file' | 'column'>> {
  return {
    study: {
      label: 'Study',
      type: 'identifier',
      codes: codesOf([[document.id, document.title]]),
      source: PROTOCOL,
    },
    site: {
      label: 'Site',
      type: 'identifier',
      codes: codesOf(document.sites.map(({ id, name }) => [id, name])),
      source: RECORD,
    },
    participant: { label: 'Participant ID', type: 'identifier', source: RECORD },
    arm: {
      label: 'Allocated arm; empty before randomisation',
      type: 'code',
      codes: codesOf(document.arms.map(({ id, name }) => [id, name])),
      source: 'Allocation log',
    },
    randomised_on: { label: 'Day of randomisation; empty before it', type: 'date', source: 'Allocation log' },
  };
}

type About = Pick<Entry, 'label' | 'type' | 'unit' | 'minimum' | 'maximum' | 'codes' | 'source'>;

const typeOf = { number: 'number', text: 'text', date: 'date', 'yes-no': 'flag' } as const;

export function aboutItem({ instrument }: FormPlace, item: Item): About {
  const base = { label: item.label, source: instrument.source };
  switch (item.kind) {
    case 'choice': {
      const values = item.options.map(({ value }) => value);
      return {
        ...base,
        type: 'code',
        minimum: Math.min(...values),
        maximum: Math.max(...values),
        codes: codesOf(item.options.map(({ value, label }) => [value, label])),
      };
    }
    case 'number':
      return {
        ...base,
        type: item.integer ? 'integer' : 'number',
        unit: item.unit,
        minimum: item.min,
        maximum: item.max,
      };
    case 'choices':
      return {
        ...base,
        label: `${item.label} (any number; codes joined with |)`,
        type: 'text',
        codes: codesOf(item.options.map(({ value, label }) => [value, label])),
      };
    case 'slider':
      return {
        ...base,
        label: `${item.label} (from “${item.low}” to “${item.high}”)`,
        type: 'number',
        unit: item.unit,
        minimum: item.min,
        maximum: item.max,
      };
    case 'calculated':
      return {
        ...base,
        type: typeOf[item.gives],
        unit: item.unit,
        minimum: item.min,
        maximum: item.max,
        source: `Calculated from other answers: ${item.expression}. ${instrument.source}`,
      };
    case 'date':
      return {
        ...base,
        label: item.partial
          ? `${item.label} (where no more is known, a ${item.partial.join(' or a ')})`
          : item.label,
        type: 'date',
      };
    case 'file':
      return { ...base, label: `${item.label} (name of the file)`, type: 'text' };
    case 'time':
      return { ...base, type: 'time' };
    default:
      return { ...base, type: 'text' };
  }
}

export function aboutScore({ instrument }: FormPlace, score: Score): About {
  const { missing } = score;
  const rule =
    missing.rule === 'none'
      ? 'a missing item leaves it without a value'
      : `up to ${missing.atMost} missing items take the mean of the answered ones, unrounded`;
  return {
    label: score.label,
    type: 'number',
    minimum: score.min,
    maximum: score.max,
    source: `Derived from complete forms, ${score.better} is better; ${rule}. ${instrument.source}`,
  };
}

export function aboutField(field: ScreeningField): About {
  if (field.kind === 'choice')
    return {
      label: field.label,
      type: 'code',
      codes: codesOf(field.options.map(({ value, label }) => [value, label])),
      source: 'Screening',
    };
  return {
    label: field.label,
    type: 'number',
    unit: field.unit,
    minimum: field.min,
    maximum: field.max,
    source: 'Screening',
  };
}
