import { smallInitial } from './initial.rules.ts';

interface Pattern {
  names: string[];
  shape: RegExp;
  words: string;
}

/** What parts of a description stand between, the widest first; “and” joins the last of a list. */
const joints: readonly (readonly [joint: string, said: string])[] = [
  ['. ', '. '],
  ['? ', '? '],
  ['; ', '; '],
  [': ', ': '],
  [', ', ', '],
  [' and ', ' ja '],
  [' or ', ' tai '],
  [' − ', ' − '],
];

/** Words, but never across a sentence or a colon; the narrower ones not across a comma either. */
const wide = '(?:(?!\\. |; |: | and ).)+?';
const words = '(?:(?!\\. |; |: |, | and ).)+?';
/** A list, with its commas and its “and”. */
const list = '(?:(?!\\. |; |: ).)+?';
const number = '[+−-]?[\\d.,]*\\d%?';
const day = '\\d{1,2} [A-Z][a-z]{2} \\d{4}';
/** What holes of these names stand for; any other is wide. */
const narrow: Readonly<Record<string, string>> = {
  n: number,
  from: number,
  upto: number,
  level: number,
  time: number,
  before: number,
  after: number,
  estimate: number,
  count: number,
  days: number,
  recent: number,
  target: number,
  share: `${number}(?:/${number})?(?: \\(${number}\\))?`,
  word: words,
  score: words,
  arm: words,
  visits: '(?:(?!\\. |; |: |, ).)+?',
  listed: list,
  others: list,
  roles: list,
  sizes: list,
  method: list,
  more: list,
  any: '(?:(?!\\. ).)+?',
  source: '.+?',
  hash: words,
  p: '<?[\\d.]+',
  day,
  median: `(?:${number}|${day})`,
  earliest: day,
  latest: `(?:${day}|more than ten years away)`,
};

const hole = /\{(\w+)\}/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const patternsOf = (catalogue: Readonly<Record<string, string>>): Pattern[] =>
  Object.entries(catalogue)
    .filter(([text]) => text.search(hole) >= 0)
    .sort(([a], [b]) => b.replace(hole, '').length - a.replace(hole, '').length)
    .map(([text, words]) => ({
      words,
      names: [...text.matchAll(hole)].map(([, name]) => name!),
      shape: new RegExp(
        `^${text
          .split(/\{(\w+)\}/)
          .map((part, index) => (index % 2 === 0 ? escaped(part) : `(${narrow[part] ?? wide})`))
          .join('')}$`,
      ),
    }));

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const date = new RegExp(`\\b(\\d{1,2}) (${months.join('|')}) (\\d{4})\\b`, 'g');
const space = '\u00a0';

/** Numbers, ranges and dates as Finnish writes them: 1 515; 3,7; 42 %; −2,1…+3,0; 5.12.2025. */
export const finnishNumbers = (text: string): string =>
  text
    .replace(
      date,
      (_, on: string, month: string, year: string) => `${on}.${months.indexOf(month) + 1}.${year}`,
    )
    .replace(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d.])/g, (digits) => digits.replaceAll(',', space))
    .replace(/(?<![\d.])(\d+)\.(\d+)(?!\.?\d)/g, '$1,$2')
    .replace(/(?<=\d%?) to (?=[+−]?\d)/g, '–')
    .replace(/(?<=[+−][\d,]+%?)–(?=[+−\d])|(?<=\d%?)–(?=[+−])/g, '…')
    .replace(/(?<=\d)%/g, `${space}%`);

/** Where a joint first stands outside parentheses; −1 for nowhere. The point of “et al.” ends no sentence. */
function outside(text: string, joint: string): number {
  let deep = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') deep++;
    else if (text[at] === ')') deep--;
    else if (deep === 0 && text.startsWith(joint, at) && !(joint === '. ' && text.endsWith(' et al', at)))
      return at;
  }
  return -1;
}

/** As a label stands within a sentence: “remission, HAM-D17 of 7 or less”, but “HAM-D17” as it is. */
const beginSmall = (text: string): string => (/^\p{Lu}\p{Ll}/u.test(text) ? smallInitial(text) : text);

const REMEMBERED = 5000;

/**
 * Says the words of charts in Finnish, numbers too: titles and labels as the catalogue has them; descriptions, which
 * are put together from many, part by part, each in the widest form that is known.
 * @param catalogue English → Finnish, with holes and without full stops
 * @param study texts of the study and its Finnish, or itself for one that stays as it is
 */
export function phraser(
  catalogue: Readonly<Record<string, string>>,
  study: Readonly<Record<string, string>>,
): (text: string) => string {
  const patterns = patternsOf(catalogue);
  const remembered = new Map<string, string>();
  // Within a sentence a label begins small.
  const ofStudy = new Map([
    ...Object.entries(study).map(([text, words]) => [text.toLowerCase(), words.toLowerCase()] as const),
    ...Object.entries(study).map(([text, words]) => [beginSmall(text), beginSmall(words)] as const),
    ...Object.entries(study),
  ]);

  function known(text: string): string | undefined {
    const own = ofStudy.get(text) ?? (Object.hasOwn(catalogue, text) ? catalogue[text] : undefined);
    if (own !== undefined) return own;
    for (const { names, shape, words } of patterns) {
      const found = shape.exec(text);
      if (!found) continue;
      const values = Object.fromEntries(names.map((name, index) => [name, say(found[index + 1]!)]));
      return words.replace(hole, (_, name: string) => values[name]!);
    }
    return;
  }

  function inParts(text: string): string {
    if (text.endsWith('.')) return `${say(text.slice(0, -1))}.`;
    for (const [joint, said] of joints) {
      const at = outside(text, joint);
      if (at > 0) return `${say(text.slice(0, at))}${said}${say(text.slice(at + joint.length))}`;
    }
    return text;
  }

  function say(text: string): string {
    const before = remembered.get(text);
    if (before !== undefined) return before;
    const words = known(text) ?? inParts(text);
    if (remembered.size < REMEMBERED) remembered.set(text, words);
    return words;
  }

  return (text) => finnishNumbers(say(text.replaceAll(space, ' ')));
}
