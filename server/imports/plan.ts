import { reaches } from '../access/rules.ts';
import { notAllowed, notValid } from '../errors.ts';
import { type Place, placeOf } from '../forms/place.ts';
import type { Item } from '../instruments/document.ts';
import type { Caller } from '../services.ts';
import type { ScreeningField, StudyDocument } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import type { CellRule } from './answer.rules.ts';
import { mappingIssues } from './checkMapping.ts';
import type { ImportMapping } from './contract.ts';

export interface AnswerColumn extends CellRule {
  column: string;
  item: Item;
}

/** A form that the file's columns fill. */
export interface FormColumns {
  place: Place;
  answers: AnswerColumn[];
  /** Column of the day of assessment. */
  assessedOn: string | null;
}

export interface FieldColumn extends CellRule {
  column: string;
  field: ScreeningField;
}

/** The mapping joined to the study: every name in it is known to exist. */
export interface Plan {
  mapping: ImportMapping;
  study: Study;
  /** The site of every row that names none: the mapping's, or the study's only one. */
  onlySite: string | null;
  fields: FieldColumn[];
  forms: FormColumns[];
}

/**
 * Joins the mapping to the study.
 *
 * @throws Refused (not allowed) for an arm from a blinded caller or a site out of reach; (not valid) with every name
 *   in the mapping that the study doesn't know
 */
export function planOf(caller: Caller, mapping: ImportMapping, today: string): Plan {
  const { study } = caller;
  if (mapping.arm && caller.blinded)
    throw notAllowed('Your role is blinded in this study, so you can’t import arms. Nothing was imported.');
  const issues = mappingIssues(study, mapping, today);
  if (issues.length > 0)
    throw notValid(
      `The mapping doesn’t fit the study: ${issues
        .slice(0, 10)
        .map(({ path, message }) => `${path}: ${message}`)
        .join(' ')} Nothing was imported.`,
      issues.slice(0, 200),
    );
  const { sites } = study.document;
  const onlySite =
    mapping.site && 'value' in mapping.site ? mapping.site.value : sites.length === 1 ? sites[0]!.id : null;
  if (onlySite !== null && !reaches(caller.sites, onlySite))
    throw notAllowed(`The site “${onlySite}” isn’t one of yours. Nothing was imported.`);
  return {
    mapping,
    study,
    onlySite,
    fields: fieldColumns(study.document, mapping),
    forms: formColumns(study, mapping),
  };
}

function fieldColumns({ screening: { fields } }: StudyDocument, { screening }: ImportMapping): FieldColumn[] {
  return screening.map(({ field, column, codes }) => ({
    column,
    codes,
    field: fields.find(({ id }) => id === field)!,
  }));
}

function formColumns(study: Study, { answers, assessedOn }: ImportMapping): FormColumns[] {
  const forms = new Map<string, FormColumns>();
  for (const { column, visit, instrument, item, codes, missing } of answers) {
    const key = `${visit}/${instrument}`;
    let form = forms.get(key);
    if (!form) {
      const place = placeOf(study, visit, instrument);
      const days = assessedOn.filter((one) => one.visit === visit);
      const day =
        days.find((one) => one.instrument === instrument) ?? days.find((one) => one.instrument === undefined);
      form = { place, answers: [], assessedOn: day?.column ?? null };
      forms.set(key, form);
    }
    const definition = form.place.instrument.items.find(({ id }) => id === item)!;
    form.answers.push({ column, item: definition, codes, missing });
  }
  return [...forms.values()];
}

/** The column that a part of the mapping reads; null where it fixes a value or is left out. */
export function columnOf(source: { column: string } | { value: string } | undefined): string | null {
  return source && 'column' in source ? source.column : null;
}
