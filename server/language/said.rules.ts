interface Pattern {
  names: string[];
  shape: RegExp;
  words: string;
}

const hole = /\{(\w+)\}/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const filled = (words: string, values: Readonly<Record<string, string>>): string =>
  words.replace(hole, (whole, name: string) => values[name] ?? whole);

/** Holes that take one kind of thing and nothing else, so that no sentence of people is taken for it. */
const narrow: Readonly<Record<string, string>> = {
  ids: '([\\w.-]+(?:, [\\w.-]+)*(?: and [\\w.-]+)?)',
  asked: '([Ii]tems? (?:[\\w.-]+, )*[\\w.-]+(?: and [\\d.-]+)?)',
  // Of a document: a key in words, and a value as an amendment shows it.
  docKey: '([a-z][a-z0-9 -]*?)',
  was: '(“.*?”|-?[\\d.]+|yes|no|as in the document)',
  becomes: '(“.*”|-?[\\d.]+|yes|no|as in the document)',
};
/** What a list is parted by, and its last joint in the other language. */
const last: Readonly<Record<string, string>> = { and: 'ja', or: 'tai' };
const list = /^(?:(.+), )?([^,]+?) (and|or) ([^,]+)$/;
const commas = /^[^,]+(?:, [^,]+)+$/;
/** What is no sentence of anybody: a number, an identifier, a name in quotes. */
const plain = /^(?:\S+|“[^”]*”)$/;

/** How many texts a sayer remembers; one is made for each value that is put into a text. */
const REMEMBERED = 2000;

function patternsOf(catalogue: Readonly<Record<string, string>>): Pattern[] {
  return Object.entries(catalogue)
    .filter(([text]) => text.search(hole) >= 0)
    .sort(([a], [b]) => b.replace(hole, '').length - a.replace(hole, '').length)
    .map(([text, words]) => ({
      words,
      names: [...text.matchAll(hole)].map(([, name]) => name!),
      shape: new RegExp(
        `^${text
          .split(/\{(\w+)\}/)
          .map((part, at) => (at % 2 === 0 ? escaped(part) : (narrow[part] ?? '(.+?)')))
          .join('')}$`,
        's',
      ),
    }));
}

/**
 * Says in another language what was written in English with its values in it already: a text of the catalogue, or one
 * whose holes `{so}` make it, the one with most words of its own first; several sentences one by one, where each is
 * known. A list in a hole is said part by part. What the catalogue doesn’t know stays as it came.
 * @param catalogue English → the other language
 * @param whole more texts that are known without holes
 */
export function sayer(
  catalogue: Readonly<Record<string, string>>,
  whole: Readonly<Record<string, string>> = catalogue,
): (text: string) => string {
  let patterns: Pattern[] | undefined;
  const remembered = new Map<string, string>();

  function known(text: string): string | undefined {
    const own = [catalogue, whole].find((texts) => Object.hasOwn(texts, text))?.[text];
    if (own !== undefined) return own;
    patterns ??= patternsOf(catalogue);
    for (const { names, shape, words } of patterns) {
      const found = shape.exec(text);
      if (found)
        return filled(words, Object.fromEntries(names.map((name, i) => [name, inHole(found[i + 1]!)])));
    }
    return;
  }

  /** A value: said where it is known, and part by part where it is a list of what is known or of identifiers. */
  function inHole(text: string): string {
    const words = say(text);
    if (words !== text) return words;
    const [, before, first, joint, second] = list.exec(text) ?? [];
    const parts =
      first !== undefined
        ? [...(before?.split(', ') ?? []), first, second!]
        : commas.test(text)
          ? text.split(', ')
          : [];
    if (parts.length === 0 || !parts.every((part) => plain.test(part) || say(part) !== part)) return text;
    const spoken = parts.map(say);
    return joint === undefined
      ? spoken.join(', ')
      : `${spoken.slice(0, -1).join(', ')} ${last[joint]} ${spoken.at(-1)}`;
  }

  function sentences(text: string): string | undefined {
    const parts = text.split(/(?<=[.!?]) (?=[\p{Lu}“])/u);
    const each = parts.length > 1 ? parts.map(known) : [undefined];
    return each.every((part) => part !== undefined) ? each.join(' ') : undefined;
  }

  function say(text: string): string {
    const before = remembered.get(text);
    if (before !== undefined) return before;
    const words = known(text) ?? sentences(text) ?? text;
    if (remembered.size < REMEMBERED) remembered.set(text, words);
    return words;
  }
  return say;
}
