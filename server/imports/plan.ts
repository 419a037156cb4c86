import { reaches } from '../access/rules.ts';
import { notAllowed, notValid } from '../errors.ts';
import { type Place, placeOf } from '../forms/place.ts';
import type { Item } from '../instruments/document.ts';
import type { Caller } from '../services.ts';
import { studyAt } from '../studies/at.ts';
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

/** The mapping joined to the protocol version that is active at a site. */
export interface Protocol {
  study: Study;
  fields: FieldColumn[];
  forms: FormColumns[];
  /** Columns of what this version doesn't have, with why; a row may say nothing there. */
  absent: { column: string; why: string }[];
}

/** The mapping joined to the study: every name in it is known to exist where the rows can be from. */
export interface Plan {
  mapping: ImportMapping;
  study: Study;
  /** The site of every row that names none: the mapping's, or the study's only one. */
  onlySite: string | null;
  /** What the rows of a site are held to. */
  at(site: string): Protocol;
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
  const { sites } = study.document;
  const onlySite =
    mapping.site && 'value' in mapping.site ? mapping.site.value : sites.length === 1 ? sites[0]!.id : null;
  const at = protocols(study, mapping, today);
  const known = sites.filter(({ id }) => onlySite === null || id === onlySite);
  const found = (known.length > 0 ? known : sites).map(({ id }) => at(id).issues);
  // What one site's version doesn't know may be another's; what none knows is a slip.
  const issues = found[0]!.filter(({ path }) =>
    found.every((one) => one.some((issue) => issue.path === path)),
  );
  if (issues.length > 0)
    throw notValid(
      `The mapping doesn’t fit the study: ${issues
        .slice(0, 10)
        .map(({ path, message }) => `${path}: ${message}`)
        .join(' ')} Nothing was imported.`,
      issues.slice(0, 200),
    );
  if (onlySite !== null && !reaches(caller.sites, onlySite))
    throw notAllowed(`The site “${onlySite}” isn’t one of yours. Nothing was imported.`);
  return { mapping, study, onlySite, at };
}

/** The protocols of the sites, each version joined to the mapping once. */
function protocols(study: Study, mapping: ImportMapping, today: string) {
  const made = new Map<number, Protocol & { issues: ReturnType<typeof mappingIssues> }>();
  return (site: string) => {
    const here = studyAt(study, site);
    let protocol = made.get(here.version);
    if (!protocol) {
      const issues = mappingIssues(here, mapping, today);
      const because = (part: string, index: number) =>
        issues.find(({ path }) => path === `${part}.${index}` || path.startsWith(`${part}.${index}.`))
          ?.message;
      const absent = (['screening', 'answers'] as const).flatMap((part) =>
        mapping[part].flatMap(({ column }, index) => {
          const why = because(part, index);
          return why === undefined
            ? []
            : [{ column, why: `Protocol version ${here.version} is active at this site. ${why}` }];
        }),
      );
      const fits = {
        ...mapping,
        screening: mapping.screening.filter((_, index) => because('screening', index) === undefined),
        answers: mapping.answers.filter((_, index) => because('answers', index) === undefined),
      };
      protocol = {
        study: here,
        fields: fieldColumns(here.document, fits),
        forms: formColumns(here, fits),
        absent,
        issues,
      };
      made.set(here.version, protocol);
    }
    return protocol;
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
