import { reaches } from '../access/rules.ts';
import { notAllowed, notValid } from '../errors.ts';
import type { Place } from '../forms/place.ts';
import type { Item } from '../instruments/document.ts';
import type { Caller } from '../services.ts';
import type { ScreeningField, StudyDocument } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import type { CellRule } from './answer.rules.ts';
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

interface Issue {
  path: string;
  message: string;
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
  const issues = [
    ...siteIssues(study.document, mapping),
    ...armIssues(study.document, mapping),
    ...dayIssues(mapping, today),
    ...screeningIssues(study.document, mapping),
    ...answerIssues(study, mapping),
    ...sharedColumns(mapping),
  ];
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

function siteIssues({ sites }: StudyDocument, { site }: ImportMapping): Issue[] {
  if (!site) return [];
  const ids = sites.map(({ id }) => id);
  const named = 'value' in site ? [site.value] : Object.values(site.codes ?? {});
  const path = 'value' in site ? 'site.value' : 'site.codes';
  return named
    .filter((id) => !ids.includes(id))
    .map((id) => ({ path, message: `The study has no site “${id}”; it has ${ids.join(', ')}.` }));
}

function armIssues({ arms }: StudyDocument, { arm, randomisedOn }: ImportMapping): Issue[] {
  if (!arm)
    return randomisedOn
      ? [{ path: 'randomisedOn', message: 'A day of randomisation is of no use without the arm.' }]
      : [];
  const ids = arms.map(({ id }) => id);
  const unknown = Object.values(arm.codes)
    .filter((id) => !ids.includes(id))
    .map((id) => ({ path: 'arm.codes', message: `The study has no arm “${id}”; it has ${ids.join(', ')}.` }));
  if (randomisedOn) return unknown;
  return [
    ...unknown,
    {
      path: 'randomisedOn',
      message: 'Where there is an arm, the day of randomisation is needed: visits count from it.',
    },
  ];
}

function dayIssues(mapping: ImportMapping, today: string): Issue[] {
  return (['screenedOn', 'randomisedOn'] as const).flatMap((part) => {
    const source = mapping[part];
    if (!source || !('value' in source) || source.value <= today) return [];
    return [{ path: `${part}.value`, message: `The day ${source.value} is in the future.` }];
  });
}

function screeningIssues({ screening: { fields } }: StudyDocument, { screening }: ImportMapping): Issue[] {
  return screening.flatMap(({ field: id, codes }, index) => {
    const path = `screening.${index}`;
    const field = fields.find((one) => one.id === id);
    if (!field) return [{ path: `${path}.field`, message: `The study has no screening field “${id}”.` }];
    if (screening.findIndex((other) => other.field === id) < index)
      return [{ path: `${path}.field`, message: `“${id}” is mapped already.` }];
    if (field.kind !== 'choice') return [];
    return Object.values(codes ?? {})
      .filter((code) => !field.options.some(({ value }) => value === code))
      .map((code) => ({ path: `${path}.codes`, message: `${field.label} has no answer “${code}”.` }));
  });
}

function answerIssues(study: Study, { answers, assessedOn }: ImportMapping): Issue[] {
  const missing = study.document.missing.map(({ code }) => code);
  const seen = new Set<string>();
  const problems = answers.flatMap((answer, index): Issue[] => {
    const path = `answers.${index}`;
    const found = findPlace(study, answer.visit, answer.instrument);
    if ('message' in found) return [{ path, message: found.message }];
    const { instrument } = found;
    if (!instrument.items.some(({ id }) => id === answer.item))
      return [{ path: `${path}.item`, message: scoreOrNothing(instrument, answer.item) }];
    const key = `${answer.visit}/${answer.instrument}/${answer.item}`;
    if (seen.has(key)) return [{ path, message: `${key} is mapped already.` }];
    seen.add(key);
    return Object.values(answer.missing)
      .filter((code) => !missing.includes(code))
      .map((code) => ({
        path: `${path}.missing`,
        message: `“${code}” is none of the protocol’s missing codes, ${missing.join(', ')}.`,
      }));
  });
  const days = assessedOn.flatMap(({ visit, instrument }, index): Issue[] => {
    const path = `assessedOn.${index}`;
    if (
      !answers.some(
        (answer) => answer.visit === visit && (instrument ?? answer.instrument) === answer.instrument,
      )
    )
      return [
        { path, message: `No column is mapped to an answer of ${instrument ?? 'any form'} at “${visit}”.` },
      ];
    const earlier = assessedOn.slice(0, index);
    if (earlier.some((other) => other.visit === visit && other.instrument === instrument))
      return [{ path, message: 'The day of this form is mapped already.' }];
    return [];
  });
  return [...problems, ...days];
}

function scoreOrNothing(instrument: Place['instrument'], item: string): string {
  const score = instrument.scores.find(({ id }) => id === item);
  if (score)
    return `“${item}” of ${instrument.short} is a score; scores are derived from the items and never imported.`;
  return `${instrument.short} has no item “${item}”; it has ${instrument.items.map(({ id }) => id).join(', ')}.`;
}

function findPlace(
  { document, instruments }: Study,
  visitId: string,
  instrumentId: string,
): Place | { message: string } {
  const visit = document.visits.find(({ id }) => id === visitId);
  if (!visit)
    return {
      message: `The study has no visit “${visitId}”; it has ${document.visits.map(({ id }) => id).join(', ')}.`,
    };
  const instrument = visit.instruments.includes(instrumentId) ? instruments.get(instrumentId) : undefined;
  if (!instrument)
    return {
      message: `${visit.label} has no form “${instrumentId}”; it has ${visit.instruments.join(', ')}.`,
    };
  return { visit, instrument };
}

/** A column may be read for one thing only, or one of the two is a slip. */
function sharedColumns(mapping: ImportMapping): Issue[] {
  const used = new Map<string, string>();
  const issues: Issue[] = [];
  const uses: (readonly [string, string])[] = [
    ['participant', mapping.participant.column],
    ...(['site', 'screenedOn', 'randomisedOn', 'arm'] as const).flatMap((part) => {
      const source = mapping[part];
      return source && 'column' in source ? [[part, source.column] as const] : [];
    }),
    ...mapping.screening.map(({ column }, index) => [`screening.${index}`, column] as const),
    ...mapping.answers.map(({ column }, index) => [`answers.${index}`, column] as const),
  ];
  const days = new Set(['screenedOn', 'randomisedOn']);
  for (const [path, column] of uses) {
    const earlier = used.get(column);
    if (earlier === undefined) used.set(column, path);
    else if (!(days.has(earlier) && days.has(path)))
      issues.push({ path, message: `The column “${column}” is read for ${earlier} already.` });
  }
  for (const column of mapping.ignore)
    if (used.has(column))
      issues.push({ path: 'ignore', message: `The column “${column}” is read for ${used.get(column)}.` });
  return issues;
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
      const place = findPlace(study, visit, instrument) as Place;
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
