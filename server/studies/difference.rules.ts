import diff from 'microdiff';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { StudyDocument } from './document.ts';

/** A protocol version as an amendment is read from it. */
export interface Compared {
  document: StudyDocument;
  instruments: readonly InstrumentDocument[];
}

export interface DifferenceGroup {
  title: string;
  /** Sentences without a full stop: “3 months: window after 14 → 21 days”. */
  changes: string[];
}

type Tree = { [key: string]: unknown };

const groups = [
  ['visits', 'Visits and forms'],
  ['instruments', 'Instruments'],
  ['screening', 'Screening'],
  ['eligibility', 'Eligibility'],
  ['consent', 'Consent'],
  ['arms', 'Arms'],
  ['allocation', 'Allocation'],
  ['masking', 'Blinding'],
  ['disclosure', 'Small counts'],
  ['sites', 'Sites'],
  ['recruitment', 'Recruitment'],
  ['events', 'Events'],
  ['lossReasons', 'Reasons for leaving'],
  ['missing', 'Missing-answer codes'],
  ['outcomes', 'Outcomes'],
  ['estimands', 'Planned analyses'],
] as const;

const nouns: Record<string, string> = {
  visits: 'Visit',
  arms: 'Arm',
  sites: 'Site',
  events: 'Event',
  lossReasons: 'Reason',
  missing: 'Code',
  outcomes: 'Outcome',
  estimands: 'Analysis',
  eligibility: 'Criterion',
  instruments: 'Instrument',
  items: 'Item',
  scores: 'Score',
  options: 'Option',
  fields: 'Field',
  exclusionReasons: 'Reason',
  strata: 'Stratification factor',
  versions: 'Consent form version',
};

/** What an amendment changes, in words, grouped as a reader of protocols looks for it. The version number is left out. */
export function differences(before: Compared, after: Compared): DifferenceGroup[] {
  const [old, next] = [tree(before), tree(after)];
  const found = new Map<string, Set<string>>();
  for (const change of diff(old, next)) {
    const path = change.path.map(String);
    if (path[0] === 'version') continue;
    const title = groups.find(([key]) => key === path[0])?.[1] ?? 'The study';
    const words = sentence(path, change, old, next);
    const sentences = found.get(title) ?? new Set<string>();
    found.set(title, sentences.add(words));
  }
  return [...groups.map(([, title]) => title), 'The study'].flatMap((title) => {
    const changes = found.get(title);
    return changes ? [{ title, changes: [...changes] }] : [];
  });
}

/** Lists become objects by what identifies their entries, so that an insertion isn't a change of all that follows. */
function tree({ document, instruments }: Compared): Tree {
  const { rule, ...allocation } = document.allocation;
  // An uploaded list is the sequence itself: that it changed is said, never what stands in it.
  const shown =
    rule.method === 'list' ? { method: rule.method, list: `${rule.entries.length} entries` } : rule;
  return keyed({ ...document, allocation: { ...allocation, rule: shown }, instruments }) as Tree;
}

function keyed(value: unknown): unknown {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((one) => typeof one === 'string'))
      return Object.fromEntries(value.map((one) => [one, true]));
    const keys = value.map(keyOf);
    if (value.length > 0 && keys.every((key) => key !== null) && new Set(keys).size === keys.length)
      return Object.fromEntries(value.map((one, index) => [keys[index]!, keyed(one)]));
    return value.length === 0 ? {} : JSON.stringify(value);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, keyed(member)]));
}

function keyOf(one: unknown): string | null {
  if (typeof one !== 'object' || one === null) return null;
  const { id, code, version, value } = one as Tree;
  const key = id ?? code ?? version ?? value;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : null;
}

function sentence(path: string[], change: ReturnType<typeof diff>[number], old: Tree, next: Tree): string {
  const { subject, rest } = subjectOf(path, old, next);
  const last = path.at(-1)!;
  if (change.type !== 'CHANGE') {
    const verb = change.type === 'CREATE' ? 'added' : 'taken out';
    if (path.at(-2) === 'instruments' && path[0] === 'visits')
      return `Instrument ${nameOf(['instruments', last], old, next)} ${verb} at ${nameOf(path.slice(0, 2), old, next)}`;
    if (rest.length === 0) return `${subject} ${verb}`;
    const value = change.type === 'CREATE' ? change.value : change.oldValue;
    const what = value === true ? `${inWords(rest.slice(0, -1))} ${last}` : inWords(rest);
    const said = value === true || typeof value === 'object' ? '' : ` ${shown(value)}`;
    return `${lead(subject)}${what}${said} ${verb}`;
  }
  return `${lead(subject)}${inWords(rest)} ${shown(change.oldValue)} → ${shown(change.value)}${unitOf(path, change.value)}`;
}

const lead = (subject: string): string => (subject === '' ? '' : `${subject}: `);

/** The longest part of the path that names things, in words, and what is left of it. */
function subjectOf(path: string[], old: Tree, next: Tree): { subject: string; rest: string[] } {
  const names: string[] = [];
  let used = 0;
  for (let end = 2; end <= path.length; end++) {
    const list = path[end - 2]!;
    if (!(list in nouns) || end - 2 < used || (path[0] === 'visits' && list === 'instruments')) continue;
    if (path[0] === 'instruments' && list === 'instruments' && end !== 2) continue;
    const name = nameOf(path.slice(0, end), old, next);
    names.push(list === 'visits' && end < path.length ? name : `${nouns[list]} ${name}`);
    used = end;
  }
  return { subject: names.join(', '), rest: path.slice(used) };
}

/** What people call it: its short name, label or text, of the new document or else of the old. */
function nameOf(path: string[], old: Tree, next: Tree): string {
  for (const root of [next, old]) {
    let at: unknown = root;
    for (const key of path) at = typeof at === 'object' && at !== null ? (at as Tree)[key] : undefined;
    if (typeof at === 'object' && at !== null) {
      const { label, short, name, text } = at as Tree;
      const called =
        path[0] === 'instruments' && path.length === 2 ? short : (label ?? name ?? text ?? short);
      if (typeof called === 'string') return called.length > 90 ? `${called.slice(0, 87)}…` : called;
    }
  }
  return path.at(-1)!;
}

const inWords = (path: string[]): string =>
  path
    .join(' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();

function shown(value: unknown): string {
  if (typeof value === 'string') return value.length > 120 ? `“${value.slice(0, 117)}…”` : `“${value}”`;
  if (typeof value === 'object') return 'as in the document';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

function unitOf(path: string[], value: unknown): string {
  const [section, , field] = path;
  if (section !== 'visits' || typeof value !== 'number') return '';
  return field === 'window' || field === 'missedAfter' ? ' days' : '';
}
