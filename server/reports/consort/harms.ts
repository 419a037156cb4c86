import { harm } from '../../harms/kind.ts';
import { harmSummary } from '../../harms/summary.ts';
import { isKeptFrom } from '../../records/kind.ts';
import { isSmall } from '../../results/disclosure.ts';
import type { Reader } from '../../results/reader.ts';
import type { Caller, Services } from '../../services.ts';
import { shareText } from '../numbers.ts';
import { numeric, type ReportSection, words } from '../section.ts';

/** Harms (item 27), by arm or pooled; kept from a blinded caller whom the records could tell arms. */
export async function harmsSection(
  services: Services,
  caller: Caller,
  { smallest, until }: Pick<Reader, 'smallest' | 'until'>,
): Promise<ReportSection> {
  const base = { id: 'harms', title: 'Harms (item 27)', charts: [] };
  if (isKeptFrom(caller, harm))
    return {
      ...base,
      text: ['Kept from your role, which is blinded: what is written of treatment can tell arms apart.'],
      tables: [],
    };
  const { arms, terms, pooled } = await harmSummary(services, caller, {}, until);
  const isFew = (count: number) => smallest !== null && isSmall(count, smallest);
  if (arms.some(({ participants }) => isFew(participants)))
    return {
      ...base,
      text: [`Hidden: fewer than ${smallest} are randomised to one of the arms.`],
      tables: [],
    };
  const heads = arms.map(({ label, participants }) => numeric(`${label} (n = ${participants})`));
  type Of = (arm: (typeof arms)[number]) => number;
  const few = (of: Of) => arms.some((arm) => isFew(of(arm)) || isFew(arm.participants - of(arm)));
  const row = (label: string, of: Of) => [
    label,
    ...arms.map((arm) => (few(of) ? 'hidden' : shareText(of(arm), arm.participants))),
  ];
  // Events less those of the terms that are listed would be those of the others.
  const count = (label: string, of: Of) =>
    smallest === null ? [[label, ...arms.map((arm) => String(of(arm)))]] : [];
  const listed = terms.filter(({ affected }) => !few((arm) => affected[arms.indexOf(arm)]!));
  return {
    ...base,
    text: [
      'Participants with at least one, among all randomised.',
      ...(smallest === null
        ? []
        : [
            `Terms that fewer than ${smallest} people in an arm had, or had not, aren’t listed, and events aren’t counted.`,
          ]),
    ],
    tables: [
      {
        caption: pooled ? 'Harms, pooled' : 'Harms by arm',
        columns: [words(''), ...heads],
        rows: [
          row('Any adverse event', ({ affected }) => affected),
          ...count('Events', ({ events }) => events),
          row('Serious adverse event', ({ seriousAffected }) => seriousAffected),
          ...count('Serious events', ({ seriousEvents }) => seriousEvents),
          row('Related', ({ relatedAffected }) => relatedAffected),
          row('Died', ({ deaths }) => deaths),
        ],
      },
      ...(listed.length > 0
        ? [
            {
              caption: smallest === null ? 'By term: participants (events)' : 'By term: participants',
              asWritten: [0],
              columns: [words('Term'), ...heads],
              rows: listed.map(({ term, affected, events }) => [
                term,
                ...affected.map((people, index) =>
                  smallest === null ? `${people} (${events[index]})` : String(people),
                ),
              ]),
            },
          ]
        : []),
    ],
  };
}
