import type { Finding } from '../documents/parse.ts';
import { oneOf, repeats } from '../documents/repeats.ts';
import type { InstrumentDocument, Item } from './document.ts';
import {
  circumstances,
  nameOf,
  namesIn,
  parseExpression,
  type Syntax,
  type Type,
  typeCheck,
  typeOf,
} from './expressions/rules.ts';
import { itemsOfScore } from './rules.ts';

/** An expression of a document with where it stands and what it has to give. */
interface Stated {
  path: PropertyKey[];
  text: string;
  gives: Type;
}

/**
 * The expressions of an instrument: whether each can be read, knows what it names, gives what is wanted of it, and
 * doesn't depend on itself. Names with a dot (`m3.hamd17.item_1`, `screening.age`) are for the study to check.
 */
export function checkExpressions(instrument: InstrumentDocument): Finding[] {
  const findings = checkNames(instrument);
  const types = new Map(
    instrument.items.flatMap((item) => (typeOf(item) ? [[nameOf(item.id), typeOf(item)!]] : [])),
  );
  const known = (name: string): Type | null =>
    types.get(name) ?? circumstances[name]?.type ?? (name.includes('.') ? 'any' : null);
  const read = new Map<string, Syntax>();
  for (const { path, text, gives } of statedIn(instrument)) {
    const { syntax, problems } = check(text, known, gives);
    if (syntax) read.set(path.join('/'), syntax);
    findings.push(...problems.map(({ at, message }) => ({ path, message, offset: at })));
  }
  if (findings.length > 0) return findings;
  return [...checkCycles(instrument, read), ...checkScored(instrument, read), ...checkChecks(instrument)];
}

/** An expression held against its names and what it has to give. */
export function check(
  text: string,
  known: (name: string) => Type | null,
  gives: Type,
): { syntax: Syntax | null; problems: { at: number; message: string }[] } {
  const parsed = parseExpression(text);
  if ('problem' in parsed) return { syntax: null, problems: [parsed.problem] };
  const { type, problems } = typeCheck(parsed.syntax, known);
  if (problems.length === 0 && type !== 'any' && type !== gives)
    problems.push({ at: 0, message: `It gives ${words[type]}; expected ${words[gives]}.` });
  return { syntax: parsed.syntax, problems };
}

const words: Record<Type, string> = {
  number: 'a number',
  text: 'text',
  date: 'a date',
  duration: 'a duration (take its days, months or years)',
  'yes-no': 'true or false',
  list: 'a list',
  any: 'anything',
};

function statedIn({ items, checks = [] }: InstrumentDocument): Stated[] {
  return [
    ...items.flatMap((item, index): Stated[] => [
      ...(item.showWhen === undefined
        ? []
        : [{ path: ['items', index, 'showWhen'], text: item.showWhen, gives: 'yes-no' as const }]),
      ...(item.kind === 'calculated'
        ? [{ path: ['items', index, 'expression'], text: item.expression, gives: item.gives }]
        : []),
    ]),
    ...checks.flatMap(({ when, that }, index): Stated[] => [
      ...(when === undefined
        ? []
        : [{ path: ['checks', index, 'when'], text: when, gives: 'yes-no' as const }]),
      { path: ['checks', index, 'that'], text: that, gives: 'yes-no' },
    ]),
  ];
}

/** Two items of which expressions could not tell the one from the other: 1 and item-1. */
function checkNames({ items }: InstrumentDocument): Finding[] {
  const seen = new Map<string, string>();
  return items.flatMap(({ id }, index) => {
    const name = nameOf(id);
    const before = seen.get(name);
    seen.set(name, id);
    if (before === undefined || before === id) return [];
    return [
      {
        path: ['items', index, 'id'],
        message: `Found “${id}”; expressions call it ${name}, and ${before} too. Rename one of them.`,
      },
    ];
  });
}

/** Item → the items that its value or its place in the form depends on. */
function dependencies(
  { items }: InstrumentDocument,
  read: ReadonlyMap<string, Syntax>,
): Map<string, Set<string>> {
  const byName = new Map(items.map((item) => [nameOf(item.id), item.id]));
  const result = new Map<string, Set<string>>();
  let section: Syntax | undefined;
  for (const [index, item] of items.entries()) {
    const own = read.get(`items/${index}/showWhen`);
    if (item.kind === 'section') section = own;
    const all = [own, section, read.get(`items/${index}/expression`)].filter((one) => one !== undefined);
    result.set(item.id, new Set(all.flatMap(namesIn).flatMap(({ name }) => byName.get(name) ?? [])));
  }
  return result;
}

function checkCycles(instrument: InstrumentDocument, read: ReadonlyMap<string, Syntax>): Finding[] {
  const needs = dependencies(instrument, read);
  const done = new Set<string>();
  const cycle = (id: string, trail: readonly string[]): string[] | null => {
    if (trail.includes(id)) return [...trail.slice(trail.indexOf(id)), id];
    if (done.has(id)) return null;
    for (const next of needs.get(id) ?? []) {
      const found = cycle(next, [...trail, id]);
      if (found) return found;
    }
    done.add(id);
    return null;
  };
  for (const { id } of instrument.items) {
    const found = cycle(id, []);
    if (!found) continue;
    const index = instrument.items.findIndex((item) => item.id === found[0]);
    const key = read.has(`items/${index}/expression`) ? 'expression' : 'showWhen';
    return [
      {
        path: ['items', index, ...(read.has(`items/${index}/${key}`) ? [key] : [])],
        message: `It depends on itself: ${found.join(' needs ')}.`,
      },
    ];
  }
  return [];
}

/** A score is derived wherever its form's answers are, so that nothing from outside the form may decide it. */
function checkScored(instrument: InstrumentDocument, read: ReadonlyMap<string, Syntax>): Finding[] {
  const needs = dependencies(instrument, read);
  const own = new Set(instrument.items.map(({ id }) => nameOf(id)));
  const all = (id: string, seen = new Set<string>()): Set<string> => {
    if (!seen.has(id)) {
      seen.add(id);
      for (const next of needs.get(id) ?? []) all(next, seen);
    }
    return seen;
  };
  const scored = new Set(
    instrument.scores.flatMap((score) => itemsOfScore(instrument, score).map(({ id }) => id)),
  );
  return [...scored].flatMap((id) =>
    [...all(id)].flatMap((one) => {
      const index = instrument.items.findIndex((item) => item.id === one);
      return ['showWhen', 'expression'].flatMap((key) => {
        const syntax = read.get(`items/${index}/${key}`);
        const foreign = syntax && namesIn(syntax).find(({ name }) => !own.has(name));
        if (!foreign) return [];
        const message = `A score counts on item ${id}, so only items of this form may decide it; “${foreign.name}” is none.`;
        return [{ path: ['items', index, key], message, offset: foreign.at }];
      });
    }),
  );
}

function checkChecks({ items, checks = [] }: InstrumentDocument): Finding[] {
  return [
    ...repeats(checks, ['checks'], 'id'),
    ...checks.flatMap(({ id, items: about = [] }, index): Finding[] => [
      ...(items.some((item) => item.id === id)
        ? [
            {
              path: ['checks', index, 'id'],
              message: `Found “${id}”, which is an item; a check needs an id of its own.`,
            },
          ]
        : []),
      ...about.flatMap((item, n) =>
        items.some((one) => one.id === item)
          ? []
          : [
              {
                path: ['checks', index, 'items', n],
                message: `Found “${item}”; expected an item: ${oneOf(items.map((one: Item) => one.id))}.`,
              },
            ],
      ),
    ]),
  ];
}
