import { notAllowed } from '../errors.ts';
import type { Language } from '../language/language.rules.ts';
import { paperIn } from '../reports/localised.ts';
import { paperHtml } from '../reports/paper.ts';
import { printPdf } from '../reports/pdf.ts';
import { figureWords } from '../results/words.ts';
import type { Caller, Services } from '../services.ts';
import { canonicalHash } from '../studies/canonical.ts';
import { refuseUnconfirmed } from './confirm.ts';
import type { BoardFileName } from './contract.ts';
import type { SnapshotFile } from './document.ts';
import { logLook } from './log.ts';
import { boardPaper } from './paper.ts';
import { type KeptSnapshot, keptSnapshot } from './read.ts';
import { type Part, smallestIn } from './report.ts';

/** A snapshot as it can be verified elsewhere. In the open part’s file the closed part is its hash alone. */
export function snapshotFileOf({ content, sha256 }: KeptSnapshot, part: Part): SnapshotFile {
  const { head, open, closed } = content;
  const closedSha256 = canonicalHash(closed);
  return { head, open, ...(part === 'closed' ? { closed } : {}), closedSha256, sha256 };
}

interface Taking {
  number: number;
  part: Part;
  file: BoardFileName;
  language?: Language;
}

/** A report to take away from the page, behind the sign-in step where it is a closed one. */
export async function boardFile(
  services: Services,
  caller: Caller,
  session: string,
  taking: Taking,
): Promise<string | Buffer> {
  if (taking.part === 'closed') await refuseUnconfirmed(services, caller, session);
  return takenFile(services, caller, taking);
}

/** The file itself. Who takes it is on the access log, and in its watermark. */
export async function takenFile(
  services: Services,
  caller: Caller,
  { number, part, file, language }: Taking,
): Promise<string | Buffer> {
  const smallest = smallestIn(caller, part);
  if (smallest !== null && file === 'snapshot.json')
    throw notAllowed(
      'The snapshot’s file holds every count, and the study’s document hides small ones from a role of yours. Take the report.',
    );
  const kept = await keptSnapshot(services, caller, number);
  const look = { number, sha256: kept.sha256 };
  const at = await logLook(services, caller, `board.take-${part}`, look, { file });
  if (file === 'snapshot.json') return `${JSON.stringify(snapshotFileOf(kept, part), null, 2)}\n`;
  const english = boardPaper(kept, part, { name: caller.user.name, at }, smallest);
  const say = figureWords(caller.study, language);
  const html = await paperHtml(say ? paperIn(english, say, ['Study', 'Taken', 'Prepared']) : english);
  if (file === 'report.html') return html;
  return printPdf(services.config, html, (said) => services.log.warn({ said }, 'chromium did not print'));
}
