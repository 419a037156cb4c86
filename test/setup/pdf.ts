import { inflateSync } from 'node:zlib';

interface PdfObject {
  dict: string;
  stream: Buffer | null;
}

/**
 * The words of each page of a PDF as Chromium prints it, without white space, in the order in which they are drawn:
 * enough to see what stands on a page, without a program that a machine may lack.
 *
 * It reads plain objects, streams deflated or not, hexadecimal and literal strings, fonts with a ToUnicode map, and
 * forms that a page draws (ISO 32000-1, sections 7.3, 7.4.4, 9.4, 9.10.3).
 */
export function pdfPages(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const at = (reference: string | undefined) => objects.get(Number(reference));
  const fonts = new Map<string, Map<number, string>>();
  const fontOf = (reference: string) => {
    const known = fonts.get(reference);
    if (known) return known;
    const map = at(/\/ToUnicode (\d+) 0 R/.exec(at(reference)?.dict ?? '')?.[1])?.stream;
    const made = map ? unicodeOf(map.toString('latin1')) : new Map<number, string>();
    fonts.set(reference, made);
    return made;
  };
  const wordsOf = ({ dict }: PdfObject, content: string): string => {
    const own = new Map([...dict.matchAll(/\/(F\d+) (\d+) 0 R/g)].map((one) => [one[1]!, one[2]!]));
    const forms = new Map([...dict.matchAll(/\/(X\d+) (\d+) 0 R/g)].map((one) => [one[1]!, one[2]!]));
    let font = new Map<number, string>();
    let words = '';
    const tokens = /\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f\s]+)>|\(((?:\\[\s\S]|[^\\()])*)\)|\/(X\d+) Do/g;
    for (const [, name, hex, literal, form] of content.matchAll(tokens)) {
      if (name !== undefined) font = fontOf(own.get(name) ?? '');
      else if (form !== undefined) {
        const drawn = at(forms.get(form));
        if (drawn?.stream) words += wordsOf(drawn, drawn.stream.toString('latin1'));
      } else {
        const bytes =
          hex === undefined ? literalBytes(literal!) : Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');
        for (let i = 0; i + 1 < bytes.length; i += 2) words += font.get(bytes.readUInt16BE(i)) ?? '';
      }
    }
    return words;
  };
  return [...objects.values()]
    .filter(({ dict }) => /\/Type \/Page\b/.test(dict))
    .map((page) => {
      const content = at(/\/Contents (\d+) 0 R/.exec(page.dict)?.[1])?.stream;
      return wordsOf(page, content?.toString('latin1') ?? '').replaceAll(/\s/g, '');
    });
}

function objectsOf(pdf: Buffer): Map<number, PdfObject> {
  const text = pdf.toString('latin1');
  const found = new Map<number, PdfObject>();
  const start = /(?:^|\n)(\d+) 0 obj\n/g;
  for (let match = start.exec(text); match; match = start.exec(text)) {
    const from = match.index + match[0].length;
    const begins = /stream\r?\n|endobj/g;
    begins.lastIndex = from;
    const next = begins.exec(text)!;
    const dict = text.slice(from, next.index);
    const length = Number(/\/Length (\d+)/.exec(dict)?.[1]);
    if (next[0] === 'endobj' || !Number.isFinite(length)) {
      found.set(Number(match[1]), { dict, stream: null });
      continue;
    }
    const at = next.index + next[0].length;
    const raw = pdf.subarray(at, at + length);
    found.set(Number(match[1]), { dict, stream: dict.includes('/FlateDecode') ? inflateSync(raw) : raw });
    start.lastIndex = at + length;
  }
  return found;
}

/** What the codes of a font mean: the `bfchar` and `bfrange` entries of its map. */
function unicodeOf(map: string): Map<number, string> {
  const codes = new Map<number, string>();
  const character = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, body] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, to] of body!.matchAll(/<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g))
      codes.set(Number.parseInt(code!, 16), character(to!));
  for (const [, body] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, low, high, to] of body!.matchAll(
      /<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>/g,
    )) {
      const first = Number.parseInt(low!, 16);
      for (let code = first; code <= Number.parseInt(high!, 16); code++)
        codes.set(code, String.fromCodePoint(Number.parseInt(to!, 16) + code - first));
    }
  return codes;
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function literalBytes(literal: string): Buffer {
  const plain = literal.replaceAll(/\\([0-7]{1,3}|[\s\S])/g, (_, mark: string) =>
    /^[0-7]/.test(mark) ? String.fromCharCode(Number.parseInt(mark, 8)) : (ESCAPES[mark] ?? mark),
  );
  return Buffer.from(plain, 'latin1');
}
