import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { notValid } from '../errors.ts';

/** A file that can be read more than once: first to check it, then to write it. */
export interface Spooled {
  /** SHA-256 of its bytes, in hexadecimal. */
  sha256: string;
  open(): Readable;
  remove(): Promise<void>;
}

/**
 * Keeps the source where it can be read again: a stream in a private temporary file, so that memory doesn't grow with
 * it; a text where it is.
 *
 * @throws Refused (not valid) where the bytes are no text in UTF-8
 */
export async function spool(source: Readable | string): Promise<Spooled> {
  const hash = createHash('sha256');
  if (typeof source === 'string') {
    const bytes = Buffer.from(source);
    const check = textCheck();
    check(bytes, true);
    return {
      sha256: hash.update(bytes).digest('hex'),
      open: () => Readable.from(slices(bytes), { objectMode: false }),
      remove: async () => undefined,
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'equipoise-import-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'file.csv');
  try {
    await pipeline(
      source,
      async function* watch(chunks: AsyncIterable<Buffer | string>) {
        const check = textCheck();
        for await (const chunk of chunks) {
          const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
          check(bytes, false);
          hash.update(bytes);
          yield bytes;
        }
        check(Buffer.alloc(0), true);
      },
      createWriteStream(path, { mode: 0o600 }),
    );
  } catch (error) {
    await remove();
    throw error;
  }
  return { sha256: hash.digest('hex'), open: () => createReadStream(path), remove };
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
}

/** Refuses bytes that are no text: spreadsheets and archives, UTF-16, and the 8-bit encodings of old exports. */
function textCheck(): (bytes: Buffer, last: boolean) => void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let begun = false;
  return (bytes, last) => {
    if (!begun && bytes.length > 0) {
      begun = true;
      if (bytes.subarray(0, 2).toString('latin1') === 'PK')
        throw notValid(
          'This is a spreadsheet or an archive, not a CSV. Save it as “CSV UTF-8” first; nothing was imported.',
        );
      if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
        throw notValid('The file is in UTF-16. Save it as “CSV UTF-8”; nothing was imported.');
    }
    if (bytes.includes(0)) throw notValid('This is a binary file, not a CSV. Nothing was imported.');
    try {
      decoder.decode(bytes, { stream: !last });
    } catch {
      throw notValid(
        'The file isn’t in UTF-8, so its letters can’t be trusted. Save it as “CSV UTF-8”; nothing was imported.',
      );
    }
  };
}
