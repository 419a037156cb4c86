import type { Finding } from '../documents/parse.ts';
import { repeats } from '../documents/repeats.ts';
import { check } from '../instruments/checkExpressions.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import { circumstances, nameOf, type Type, typeOf } from '../instruments/expressions/rules.ts';
import { compile } from '../instruments/rules.ts';
import type { StudyDocument } from './document.ts';

/** The study's own checks, and the names that its instruments read from other forms and from screening. */
export function checkExpressions(
  study: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
): Finding[] {
  const known = namesOf(study, instruments);
  const { checks = [] } = study;
  const findings: Finding[] = repeats(checks, ['checks'], 'id');
  for (const [index, { id, when, that }] of checks.entries()) {
    for (const [key, text] of [
      ['when', when],
      ['that', that],
    ] as const) {
      if (text === undefined) continue;
      // A check of a study has no form of its own, so that the day of an assessment needs its form's name.
      const { problems } = check(text, (name) => (name === 'assessed_on' ? null : known(name)), 'yes-no');
      findings.push(
        ...problems.map(({ at, message }) => ({ path: ['checks', index, key], message, offset: at })),
      );
    }
    const clash = [...instruments.values()].find(
      ({ items, checks: own = [] }) =>
        items.some((item) => item.id === id) || own.some((one) => one.id === id),
    );
    if (clash)
      findings.push({
        path: ['checks', index, 'id'],
        message: `Found “${id}”, which ${clash.id} has as an item or a check; a check of the study needs an id of its own.`,
      });
    if (!checkNamesForm(that, study))
      findings.push({
        path: ['checks', index, 'that'],
        message: 'It names no form, so it would hold nowhere; name an item such as m3.hamd17.assessed_on.',
      });
  }
  return [...findings, ...foreignNames(study, instruments, known)];
}

const checkNamesForm = (that: string, { visits }: StudyDocument): boolean =>
  visits.some((visit) => visit.instruments.some((id) => that.includes(`${nameOf(visit.id)}.${nameOf(id)}.`)));

/** What an instrument reads from outside itself must exist in the study that uses it. */
function foreignNames(
  { visits }: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
  known: (name: string) => Type | null,
): Finding[] {
  return visits.flatMap((visit, index) =>
    visit.instruments.flatMap((id, n) => {
      const instrument = instruments.get(id);
      const unknown = instrument ? compile(instrument).foreign.filter((name) => known(name) === null) : [];
      return unknown.map((name) => ({
        path: ['visits', index, 'instruments', n],
        message: `“${id}” reads “${name}”, which this study doesn’t have.`,
      }));
    }),
  );
}

function namesOf(
  { visits, screening }: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
): (name: string) => Type | null {
  const types = new Map<string, Type>(Object.entries(circumstances).map(([name, { type }]) => [name, type]));
  for (const { id, kind } of screening.fields)
    types.set(`screening.${nameOf(id)}`, kind === 'choice' ? 'text' : 'number');
  for (const visit of visits)
    for (const id of visit.instruments) {
      const instrument = instruments.get(id);
      const prefix = `${nameOf(visit.id)}.${nameOf(id)}`;
      for (const score of instrument?.scores ?? []) types.set(`${prefix}.${nameOf(score.id)}`, 'number');
      types.set(`${prefix}.assessed_on`, 'date');
      for (const item of instrument?.items ?? []) {
        const type = typeOf(item);
        if (type) types.set(`${prefix}.${nameOf(item.id)}`, type);
      }
    }
  return (name) => types.get(name) ?? null;
}
