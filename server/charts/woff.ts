import { inflateSync } from 'node:zlib';

const HEADER = 44;
const ENTRY = 20;

/**
 * Unpacks a WOFF 1.0 font into the TrueType file it holds. WOFF is that file with each table deflated on its own
 * and a directory that says so; what reads only TrueType can then read it.
 *
 * @throws Error for a file that isn't WOFF 1.0
 * @see https://www.w3.org/TR/WOFF/#TableDirectory
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('The font file is not WOFF 1.0.');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = HEADER + index * ENTRY;
    const offset = woff.readUInt32BE(at + 4);
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(at + 8));
    const size = woff.readUInt32BE(at + 12);
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      data: packed.length < size ? inflateSync(packed) : packed,
    };
  });
  const directory = Buffer.alloc(12 + 16 * count);
  const power = 2 ** Math.floor(Math.log2(count));
  directory.writeUInt32BE(woff.readUInt32BE(4), 0);
  directory.writeUInt16BE(count, 4);
  directory.writeUInt16BE(16 * power, 6);
  directory.writeUInt16BE(Math.log2(power), 8);
  directory.writeUInt16BE(16 * (count - power), 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const at = 12 + 16 * index;
    tag.copy(directory, at);
    directory.writeUInt32BE(checksum, at + 4);
    directory.writeUInt32BE(offset, at + 8);
    directory.writeUInt32BE(data.length, at + 12);
    const padding = (4 - (data.length % 4)) % 4;
    parts.push(data, Buffer.alloc(padding));
    offset += data.length + padding;
  }
  return Buffer.concat(parts);
}

/**
 * Makes a font's tabular figures its ordinary ones, for a renderer that can't ask for a feature: the layout feature
 * `tnum` is renamed `rlig`, "required ligatures", which every shaper applies unasked. A font without `tnum`, or with
 * an `rlig` of its own, stays as it is.
 *
 * @param font TrueType, as from `unpackWoff`
 * @see https://learn.microsoft.com/typography/opentype/spec/chapter2#feature-list-table
 */
export function withTabularFigures(font: Buffer): Buffer {
  const copy = Buffer.from(font);
  const substitutions = tableOffset(copy, 'GSUB');
  if (substitutions === null) return copy;
  const features = substitutions + copy.readUInt16BE(substitutions + 6);
  const records = Array.from({ length: copy.readUInt16BE(features) }, (_, index) => features + 2 + 6 * index);
  const named = (tag: string) => records.filter((at) => copy.toString('latin1', at, at + 4) === tag);
  if (named('rlig').length === 0) for (const at of named('tnum')) copy.write('rlig', at, 'latin1');
  return copy;
}

const FAMILY_NAME = 1;

/**
 * Gives a font whose family is called after its weight, such as “Inter SemiBold”, the plain family name: a renderer
 * that looks for weight 600 of Inter then finds it. The name is cut short in place, so it must begin with `family`.
 *
 * @see https://learn.microsoft.com/typography/opentype/spec/name
 */
export function withFamily(font: Buffer, family: string): Buffer {
  const copy = Buffer.from(font);
  const names = tableOffset(copy, 'name');
  if (names === null) return copy;
  const strings = names + copy.readUInt16BE(names + 4);
  const wanted = Buffer.from(family, 'utf16le').swap16();
  for (let index = 0; index < copy.readUInt16BE(names + 2); index++) {
    const at = names + 6 + 12 * index;
    const start = strings + copy.readUInt16BE(at + 10);
    const begins = copy.subarray(start, start + wanted.length).equals(wanted);
    if (copy.readUInt16BE(at + 6) === FAMILY_NAME && begins) copy.writeUInt16BE(wanted.length, at + 8);
  }
  return copy;
}

function tableOffset(font: Buffer, tag: string): number | null {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index++) {
    const at = 12 + 16 * index;
    if (font.toString('latin1', at, at + 4) === tag) return font.readUInt32BE(at + 8);
  }
  return null;
}
