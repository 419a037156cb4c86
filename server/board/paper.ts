import { instantText, smallWords } from '../reports/numbers.ts';
import type { Paper } from '../reports/paper.ts';
import type { KeptSnapshot } from './read.ts';
import { maskStates, type Part, sectionsOf } from './report.ts';

/** An open or closed report for paper, with the watermark of whoever took it. */
export function boardPaper(
  kept: KeptSnapshot,
  part: Part,
  taken: { name: string; at: string },
  smallest: number | null,
): Paper {
  const { content, sha256 } = kept;
  const { study, number, cutOff, preparedAt, preparedBy, note, synthetic, participants } = content.head;
  const title = `${part === 'open' ? 'Open' : 'Closed'} report to the monitoring board`;
  return {
    title,
    facts: [
      ['Study', `${study.code}, ${study.title}`],
      ['Snapshot', `${number}, ${participants} randomised`],
      ['Prepared', `${instantText(preparedAt)} by ${preparedBy}: ${note}`],
      ['Data cut-off', instantText(cutOff)],
      ['Arms', maskStates[part]],
      ...(smallest === null ? [] : [['Small counts', smallWords(smallest)] as [string, string]]),
      ['SHA-256', sha256],
      ['Taken', `${instantText(taken.at)} by ${taken.name}`],
      ...(synthetic === null ? [] : [['Data', synthetic] as [string, string]]),
    ],
    running: {
      study: `${study.code}  ${study.short}  ${title}`,
      cutOff: `Data cut-off ${instantText(cutOff)}`,
      maskState: maskStates[part],
    },
    watermark: {
      words: 'CONFIDENTIAL',
      line: `${taken.name}, ${instantText(taken.at)}, snapshot ${number}`,
      hash: sha256,
    },
    sections: sectionsOf(kept, part, smallest),
    masked: true,
  };
}
