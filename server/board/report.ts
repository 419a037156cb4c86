import type { ChartOptions } from '../../analysis/charts/index.ts';
import { notAllowed } from '../errors.ts';
import type { Language } from '../language/language.rules.ts';
import { sectionsIn } from '../reports/localised.ts';
import type { ReportSection } from '../reports/section.ts';
import { figureWords } from '../results/words.ts';
import type { Caller, Services } from '../services.ts';
import { smallestShown } from '../studies/rules.ts';
import { refuseUnconfirmed } from './confirm.ts';
import type { BoardReport } from './contract.ts';
import { withoutSmall } from './disclosure.ts';
import { logLook } from './log.ts';
import { type KeptSnapshot, keptSnapshot } from './read.ts';
import { closedSections } from './sections/closed.ts';
import { openSections } from './sections/open.ts';

export type Part = 'open' | 'closed';

export const maskStates: Record<Part, string> = {
  open: 'Pooled over the arms',
  closed: 'Arms behind letters',
};

/**
 * The sections of one part of a snapshot.
 *
 * @param smallest the smallest count that the reader is shown; null: any
 */
export function sectionsOf({ content }: KeptSnapshot, part: Part, smallest: number | null): ReportSection[] {
  const { head, open, closed } = content;
  if (part === 'closed') return closedSections(head, closed);
  return openSections(head, smallest === null ? open : withoutSmall(open, smallest), smallest);
}

/**
 * The smallest count of a report that the caller is shown; null: any. A closed report counts single events, which is
 * what it is for, so that it can't be had without them.
 *
 * @throws {Refused} for a closed report, where small counts are hidden from the caller
 */
export function smallestIn({ study, roles }: Caller, part: Part): number | null {
  const smallest = smallestShown(study.document, roles);
  if (smallest !== null && part === 'closed')
    throw notAllowed(
      'A closed report counts single events, and the study’s document hides small counts from a role of yours.',
    );
  return smallest;
}

interface Reading {
  number: number;
  part: Part;
  layout: 'wide' | 'phone';
  language?: Language;
}

const widths = { wide: 640, phone: 330 };

/** A report for the page. Who opens it is on the access log before it is shown. */
export async function readReport(
  services: Services,
  caller: Caller,
  session: string,
  { number, part, layout, language }: Reading,
): Promise<BoardReport> {
  const smallest = smallestIn(caller, part);
  if (part === 'closed') await refuseUnconfirmed(services, caller, session);
  const kept = await keptSnapshot(services, caller, number);
  const at = await logLook(services, caller, `board.${part}`, { number, sha256: kept.sha256 });
  const { renderSvg } = await import('../charts/render.ts');
  const options = { masked: part === 'closed', width: widths[layout] } satisfies Partial<ChartOptions>;
  const sections: BoardReport['sections'] = [];
  const say = figureWords(caller.study, language);
  const english = sectionsOf(kept, part, smallest);
  for (const { charts, tables, ...section } of say ? sectionsIn(english, say) : english) {
    const pictures: BoardReport['sections'][number]['pictures'] = [];
    for (const draw of charts) {
      const light = draw({ ...options, theme: 'light' });
      const dark = draw({ ...options, theme: 'dark' });
      const { title, subtitle, description } = light;
      pictures.push({
        title,
        subtitle,
        description,
        light: await renderSvg(light.spec),
        dark: await renderSvg(dark.spec),
      });
    }
    sections.push({ ...section, pictures, tables: tables.map(({ asWritten, ...table }) => table) });
  }
  return {
    head: kept.content.head,
    sha256: kept.sha256,
    maskState: maskStates[part],
    smallest,
    watermark: { name: caller.user.name, at },
    sections,
  };
}
