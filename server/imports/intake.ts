import type { ItemValues } from '../forms/contract.ts';
import { notListed, readAnswer, readCode, readDay, readNumber } from './answer.rules.ts';
import type { FieldColumn, FormColumns, Plan, Protocol } from './plan.ts';
import type { Row } from './records.ts';
import type { Refusals } from './refusals.ts';

/** What one row of the file says of one participant. */
export interface Intake {
  row: number;
  code: string;
  site: string;
  /** What the row is held to: the version that is active at its site. */
  protocol: Protocol;
  /** The row's own words, by column; for refusals. */
  cell(column: string): string;
  screenedOn: string | null;
  randomisedOn: string | null;
  arm: string | null;
  screening: Record<string, string | number>;
  forms: IntakeForm[];
}

export interface IntakeForm {
  columns: FormColumns;
  values: ItemValues;
  assessedOn: string | null;
}

/** Reads rows; each cell that can't be taken is refused. */
export class IntakeReader {
  readonly #plan: Plan;
  readonly #today: string;
  readonly #index: ReadonlyMap<string, number>;

  constructor(plan: Plan, columns: readonly string[], today: string) {
    this.#plan = plan;
    this.#today = today;
    this.#index = new Map(columns.map((column, index) => [column, index]));
  }

  /** The row as an intake; null where it doesn't even say who it is about. */
  read(row: Row, refusals: Refusals): Intake | null {
    const { mapping } = this.#plan;
    const cell = (column: string): string => row.cells[this.#index.get(column)!]!;
    const refuse: Refuse = (column, why) => {
      refusals.add(row.number, column, cell(column), why);
      return null;
    };
    const who = this.#who(cell, refuse);
    if (!who) return null;
    const protocol = this.#plan.at(who.site);
    const { fields, forms, absent } = protocol;
    for (const { column, why } of absent) if (cell(column) !== '') refuse(column, why);
    const arm = this.#arm(cell, refuse);
    const day = (source: typeof mapping.screenedOn) => this.#day(source, cell, refuse);
    const randomisedOn = day(mapping.randomisedOn);
    const intake: Intake = {
      ...who,
      protocol,
      row: row.number,
      cell,
      arm,
      randomisedOn,
      screenedOn: mapping.screenedOn ? day(mapping.screenedOn) : randomisedOn,
      screening: {},
      forms: [],
    };
    for (const field of fields) {
      const value = readField(field, cell(field.column));
      if (value && 'refused' in value) refuse(field.column, value.refused);
      else if (value) intake.screening[field.field.id] = value.value;
    }
    for (const columns of forms) {
      const form = this.#form(columns, cell, refuse);
      if (form) intake.forms.push(form);
    }
    return intake;
  }

  #who(cell: Intake['cell'], refuse: Refuse): { code: string; site: string } | null {
    const { mapping, study, onlySite } = this.#plan;
    const { column } = mapping.participant;
    const text = cell(column);
    const { sites } = study.document;
    if (text === '') return refuse(column, 'The row has no participant ID.');
    const whole = /^([A-Z]{2,6})-(\d{4,6})$/.exec(text);
    if (!whole && !/^\d{1,6}$/.test(text))
      return refuse(column, 'This is no participant ID: neither a number nor one such as LOH-0118.');
    let site = onlySite;
    if (mapping.site && 'column' in mapping.site) {
      const named = cell(mapping.site.column);
      site = readCode(mapping.site.codes, named);
      if (site === null) return refuse(mapping.site.column, notListed(mapping.site.codes!, named));
      if (!sites.some(({ id }) => id === site))
        return refuse(mapping.site.column, `The study has no site “${site}”.`);
    }
    const byCode = whole ? sites.find(({ code }) => code === whole[1]) : undefined;
    if (whole && !byCode) return refuse(column, `No site of the study has the code ${whole[1]}.`);
    if (byCode && mapping.site && byCode.id !== site)
      return refuse(column, `The ID is of the site ${byCode.id}; the row is of ${site}.`);
    const at = byCode ?? sites.find(({ id }) => id === site);
    if (!at)
      return refuse(column, 'The study has several sites; the mapping must say which one a number is of.');
    const number = Number(whole ? whole[2] : text);
    if (number === 0) return refuse(column, 'Participants are numbered from 1.');
    const code = `${at.code}-${String(number).padStart(4, '0')}`;
    if (whole && code !== text) return refuse(column, `Write this ID as ${code}.`);
    return { code, site: at.id };
  }

  #arm(cell: Intake['cell'], refuse: Refuse): string | null {
    const { arm } = this.#plan.mapping;
    if (!arm) return null;
    const text = cell(arm.column);
    if (text === '' && !Object.hasOwn(arm.codes, '')) return null;
    const id = readCode(arm.codes, text);
    if (id === null) refuse(arm.column, notListed(arm.codes, text));
    return id;
  }

  #day(source: Plan['mapping']['screenedOn'], cell: Intake['cell'], refuse: Refuse): string | null {
    if (!source) return null;
    if ('value' in source) return source.value;
    return this.#past(source.column, cell, refuse);
  }

  #past(column: string, cell: Intake['cell'], refuse: Refuse): string | null {
    const day = readDay(cell(column));
    if ('refused' in day) return refuse(column, day.refused);
    if (day.value !== null && day.value > this.#today) return refuse(column, 'The day is in the future.');
    return day.value;
  }

  #form(columns: FormColumns, cell: Intake['cell'], refuse: Refuse): IntakeForm | null {
    const values: ItemValues = {};
    for (const answer of columns.answers) {
      const read = readAnswer(answer.item, answer, cell(answer.column));
      if ('refused' in read) refuse(answer.column, read.refused);
      else if (read.value) values[answer.item.id] = read.value;
    }
    const assessedOn = columns.assessedOn === null ? null : this.#past(columns.assessedOn, cell, refuse);
    if (Object.keys(values).length === 0) return null;
    return { columns, values, assessedOn };
  }
}

type Refuse = (column: string, why: string) => null;

function readField(
  { field, codes }: FieldColumn,
  cell: string,
): { value: string | number } | { refused: string } | null {
  if (cell === '' && !Object.hasOwn(codes ?? {}, '')) return null;
  const coded = readCode(codes, cell);
  if (coded === null) return { refused: notListed(codes!, cell) };
  if (field.kind === 'choice') {
    if (field.options.some(({ value }) => value === coded)) return { value: coded };
    return {
      refused: `“${coded}” is none of the answers to ${field.label}: ${field.options.map(({ value }) => value).join(', ')}.`,
    };
  }
  const number = readNumber(coded);
  if ('refused' in number) return number;
  const value = number.value!;
  if (value >= field.min && value <= field.max) return { value };
  return { refused: `${field.label} ${value} is outside ${field.min} to ${field.max}.` };
}
