import type { Place } from '../forms/place.ts';
import { takesAnswer } from '../instruments/rules.ts';
import type { StudyDocument } from '../studies/document.ts';
import type { Study } from '../studies/study.ts';
import type { ImportMapping } from './contract.ts';

interface Issue {
  path: string;
  message: string;
}

/** Everything in the mapping that the study doesn't know, or that contradicts itself. */
export function mappingIssues(study: Study, mapping: ImportMapping, today: string): Issue[] {
  return [
    ...siteIssues(study.document, mapping),
    ...armIssues(study.document, mapping),
    ...dayIssues(mapping, today),
    ...screeningIssues(study.document, mapping),
    ...answerIssues(study, mapping),
    ...assessedIssues(mapping),
    ...sharedColumns(mapping),
  ];
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

function answerIssues(study: Study, { answers }: ImportMapping): Issue[] {
  const missing = study.document.missing.map(({ code }) => code);
  const seen = new Set<string>();
  return answers.flatMap((answer, index): Issue[] => {
    const path = `answers.${index}`;
    const found = findPlace(study, answer.visit, answer.instrument);
    if ('message' in found) return [{ path, message: found.message }];
    const { instrument } = found;
    const item = instrument.items.find(({ id }) => id === answer.item);
    if (!item) return [{ path: `${path}.item`, message: scoreOrNothing(instrument, answer.item) }];
    if (!takesAnswer(item) || item.kind === 'file')
      return [{ path: `${path}.item`, message: `“${item.id}” of ${instrument.short} ${noCell[item.kind]}` }];
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
}

function assessedIssues({ answers, assessedOn }: ImportMapping): Issue[] {
  return assessedOn.flatMap(({ visit, instrument }, index): Issue[] => {
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
}

const noCell: Record<'file' | 'calculated' | 'descriptive' | 'section', string> = {
  file: 'takes a file, which no cell of a CSV can hold; upload it in the form.',
  calculated: 'is calculated from other answers and never imported.',
  descriptive: 'is there to be read and takes no answer.',
  section: 'is a heading and takes no answer.',
};

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
