import type { InstrumentCheck, InstrumentDocument, Item, StudyCheck } from './document.ts';
import { nameOf, namesIn, parseExpression, type Syntax } from './expressions/rules.ts';

/** A check with its expressions read. */
export interface CompiledCheck {
  check: StudyCheck & Pick<InstrumentCheck, 'items'>;
  when: Syntax | null;
  that: Syntax;
  /** Every name that it reads. */
  names: readonly string[];
}

/** What an instrument says in expressions, read once. */
export interface Compiled {
  /** Item by its name in expressions. */
  byName: ReadonlyMap<string, Item>;
  /** Item → what must all be true for it to apply; items that always do aren't in it. */
  conditions: ReadonlyMap<string, readonly Syntax[]>;
  /** Calculated item → its expression. */
  calculated: ReadonlyMap<string, Syntax>;
  checks: readonly CompiledCheck[];
  /** Names that are none of its own items: circumstances and values of other forms. */
  foreign: readonly string[];
}

const known = new WeakMap<InstrumentDocument, Compiled>();

/** @throws RangeError where an expression can't be read, which loading the document has ruled out */
export function compile(instrument: InstrumentDocument): Compiled {
  const before = known.get(instrument);
  if (before) return before;
  const byName = new Map(instrument.items.map((item) => [nameOf(item.id), item]));
  const conditions = new Map<string, readonly Syntax[]>();
  const calculated = new Map<string, Syntax>();
  let section: Syntax | null = null;
  for (const item of instrument.items) {
    const own = item.showWhen === undefined ? null : read(item.showWhen);
    if (item.kind === 'section') section = own;
    const all: Syntax[] = [section, item.kind === 'section' ? null : own].filter((one) => one !== null);
    if (all.length > 0) conditions.set(item.id, all);
    if (item.kind === 'calculated') calculated.set(item.id, read(item.expression));
  }
  const checks = (instrument.checks ?? []).map(compileCheck);
  const names = [
    ...[...conditions.values()].flat().flatMap(namesRead),
    ...[...calculated.values()].flatMap(namesRead),
    ...checks.flatMap((one) => one.names),
  ];
  const foreign = [...new Set(names)].filter((name) => !byName.has(name));
  const compiled = { byName, conditions, calculated, checks, foreign };
  known.set(instrument, compiled);
  return compiled;
}

const checksRead = new WeakMap<object, CompiledCheck>();

export function compileCheck(check: CompiledCheck['check']): CompiledCheck {
  const before = checksRead.get(check);
  if (before) return before;
  const when = check.when === undefined ? null : read(check.when);
  const that = read(check.that);
  const names = [...new Set([...namesRead(that), ...(when ? namesRead(when) : [])])];
  const compiled = { check, when, that, names };
  checksRead.set(check, compiled);
  return compiled;
}

const namesRead = (syntax: Syntax): string[] => namesIn(syntax).map(({ name }) => name);

function read(text: string): Syntax {
  const parsed = parseExpression(text);
  if ('problem' in parsed) throw new RangeError(`${text}: ${parsed.problem.message}`);
  return parsed.syntax;
}
