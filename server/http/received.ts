import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { notValid } from '../errors.ts';
import type { FileValue } from '../forms/contract.ts';

/** A file as a request brings it: its bytes in base64, under the name and type that the browser gave. */
export interface Sent {
  name: string;
  type: FileValue['type'];
  content: string;
}

/** How each type begins; text types have no such mark. */
const marks: Partial<Record<FileValue['type'], string>> = {
  'application/pdf': '25504446',
  'image/jpeg': 'ffd8ff',
  'image/png': '89504e470d0a1a0a',
};

/** The bytes with their size and SHA-256. @throws Refused (not valid) where they aren't of the type they are said to be */
export function receivedFile({ name, type, content }: Sent) {
  const bytes = Buffer.from(content, 'base64');
  if (!bytes.toString('hex', 0, 8).startsWith(marks[type] ?? ''))
    throw notValid(`${name} is no ${type} by what is in it. Nothing was kept.`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, name, type, size: bytes.length, sha256 };
}

/** Gives an uploaded file as a download of bytes: a browser never shows it as a page of this server. */
export function sendReceived(response: Response, { name, content }: { name: string; content: Buffer }): void {
  const coded = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
  response.setHeader('Content-Type', 'application/octet-stream');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${coded}`);
  response.end(content);
}
