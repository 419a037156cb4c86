import { harm } from '../../harms/kind.ts';
import { harmSummary } from '../../harms/summary.ts';
import { isKeptFrom } from '../../records/kind.ts';
import type { Caller, Services } from '../../services.ts';
import { shareText } from '../numbers.ts';
import { numeric, type ReportSection, words } from '../section.ts';

/** Harms (item 27), by arm or pooled; kept from a blinded caller whom the records could tell arms. */
export async function harmsSection(services: Services, caller: Caller): Promise<ReportSection> {
  const base = { id: 'harms', title: 'Harms (item 27)', charts: [] };
  if (isKeptFrom(caller, harm))
    return {
      ...base,
      text: ['Kept from your role, which is blinded: what is written of treatment can tell arms apart.'],
      tables: [],
    };
  const { arms, terms, pooled } = await harmSummary(services, caller, {});
  const heads = arms.map(({ label, participants }) => numeric(`${label} (n = ${participants})`));
  const row = (label: string, of: (arm: (typeof arms)[number]) => number) => [
    label,
    ...arms.map((arm) => shareText(of(arm), arm.participants)),
  ];
  const count = (label: string, of: (arm: (typeof arms)[number]) => number) => [
    label,
    ...arms.map((arm) => String(of(arm))),
  ];
  return {
    ...base,
    text: ['Participants with at least one, among all randomised.'],
    tables: [
      {
        caption: pooled ? 'Harms, pooled' : 'Harms by arm',
        columns: [words(''), ...heads],
        rows: [
          row('Any adverse event', ({ affected }) => affected),
          count('Events', ({ events }) => events),
          row('Serious adverse event', ({ seriousAffected }) => seriousAffected),
          count('Serious events', ({ seriousEvents }) => seriousEvents),
          row('Related', ({ relatedAffected }) => relatedAffected),
          row('Died', ({ deaths }) => deaths),
        ],
      },
      ...(terms.length > 0
        ? [
            {
              caption: 'By term: participants (events)',
              columns: [words('Term'), ...heads],
              rows: terms.map(({ term, affected, events }) => [
                term,
                ...affected.map((people, index) => `${people} (${events[index]})`),
              ]),
            },
          ]
        : []),
    ],
  };
}
