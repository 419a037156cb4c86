import type { StudyDocument } from '../../server/studies/document.ts';
import { t } from '../language/t.ts';
import { fullStamp } from '../time.ts';
import type { DesignView, EpochView } from './types.ts';

/** The method as a sentence of its own: a capital first, a full stop last. */
export function methodSentence(method: string): string {
  const text = `${method.charAt(0).toUpperCase()}${method.slice(1)}`;
  return text.endsWith('.') ? text : `${text}.`;
}

/** What a registry or a third party is given: which study, which design, which commitment, since when. */
export function publication(document: StudyDocument, epoch: EpochView): string {
  return [
    `${document.title} (${[document.code, document.registry].filter(Boolean).join(', ')})`,
    t('Allocation design, epoch {epoch}, in force since {activatedAt}', {
      epoch: epoch.epoch,
      activatedAt: epoch.activatedAt,
    }),
    t('SHA-256 of the design: {designHash}', { designHash: epoch.designHash }),
    t('Commitment to the secret: {commitment}', { commitment: epoch.commitment }),
    ...(epoch.beacon ? [t('Public value in the seed: {name}', { name: epoch.beacon.name })] : []),
  ].join('\n');
}

/** The four CONSORT items as one text for the methods section. */
export const reportText = (consort: DesignView['consort']): string =>
  consort.map(({ item, title, text }) => `${item} ${title}\n${text}`).join('\n\n');

/** What a stranger types to check the log, tied to the commitment as the registry has it. */
export const verifyCommand = (study: string, epochs: readonly EpochView[]): string =>
  `node verifier.mjs ${study}-allocation-log.json${epochs[0] ? ` --commitment ${epochs[0].commitment}` : ''}`;

/** What the log that this caller gets can prove. */
export function provable(blinded: boolean, revealedAt: string | null): string {
  if (blinded)
    return t(
      'Your file holds the chain: it proves that no entry was taken out, added, changed or moved. Arms are not in it.',
    );
  return revealedAt
    ? t('The file holds the revealed secret: every draw is made again and compared.')
    : t(
        'The file is opened: numbering, links, scores and weights are checked now; the draws themselves once the secret is revealed.',
      );
}

const letters: Record<string, string> = { O: '0', I: '1', L: '1' };

/** An envelope's code as it was typed: without spaces and hyphens, in capitals, and O, I and L read as 0, 1 and 1 (Crockford). */
export const readCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll(/[OIL]/g, (letter) => letters[letter] ?? letter);

/** "K7QM2 9XWTB": five and five, to be read out. */
export const spelled = (code: string): string => `${code.slice(0, 5)} ${code.slice(5)}`;

/**
 * The moment of a day and a clock time where the reader is, as an ISO instant; null while one is missing.
 * @param time on the 24-hour clock: 14:30, 9.05 or 0905
 */
export function instantOf(day: string | null, time: string): string | null {
  const [, hours = '', minutes = ''] = /^(\d{1,2})[:.]?(\d{2})$/.exec(time.trim()) ?? [];
  if (day === null || hours === '' || Number(hours) > 23 || Number(minutes) > 59) return null;
  const at = new Date(`${day}T${hours.padStart(2, '0')}:${minutes}:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** "20 envelopes of epoch 1, taken 18 Nov 2026 09:12" */
export const sheetLine = (envelopes: number, epoch: number, takenAt: string): string =>
  t('{what} of epoch {epoch}, taken {takenAt}', {
    what: envelopes === 1 ? t('1 envelope') : t('{envelopes} envelopes', { envelopes }),
    epoch,
    takenAt: fullStamp(takenAt),
  });
