import type { Response } from 'express';
import { fileCode } from '../studies/fileCode.ts';
import type { Study } from '../studies/study.ts';

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  json: 'application/json; charset=utf-8',
};

/** Sends a report as a file to keep. Its name carries the study's code and what it is, never an arm. */
export function sendAttachment(
  response: Response,
  study: Pick<Study, 'id' | 'document'>,
  name: string,
  ending: string,
  content: string | Buffer,
): void {
  response.setHeader('Content-Type', types[ending] ?? 'application/octet-stream');
  response.setHeader('Content-Disposition', `attachment; filename="${fileCode(study)}-${name}.${ending}"`);
  response.setHeader('Cache-Control', 'no-store');
  response.end(content);
}
