import type { StudyDocument } from '../studies/document.ts';
import { eligibilityFromScreening, type ScreeningValues } from '../studies/rules.ts';
import type { VisitView } from '../visits/contract.ts';
import { outsideWindow } from '../visits/rules.ts';
import type { DerivedDeviation } from './contract.ts';

/** Where the protocol names no categories of its own. */
const usual = [
  { id: 'consent', label: 'Consent' },
  { id: 'eligibility', label: 'Eligibility' },
  { id: 'assessment', label: 'Visit or assessment' },
  { id: 'treatment', label: 'Treatment as allocated' },
  { id: 'blinding', label: 'Blinding' },
  { id: 'safety-reporting', label: 'Safety reporting' },
  { id: 'confidentiality', label: 'Confidentiality' },
  { id: 'other', label: 'Other' },
];

export const deviationCategories = (document: StudyDocument) => document.deviations ?? usual;

/** What is on record of a participant that a deviation can follow from. */
export interface OnRecord {
  code: string;
  site: string;
  screening: ScreeningValues;
  /** Null before randomisation. */
  randomisedOn: string | null;
  visits: readonly VisitView[];
  assessments: readonly { visit: string; instrument: string; on: string; lateReason: string | null }[];
  eligible: boolean | null;
  consent: { version: string; signedOn: string } | null;
  /** The protocol's events of the kind `deviation`. */
  events: readonly { label: string; on: string; detail: string }[];
}

/**
 * Deviations that follow from the data: an assessment outside its window (one for each visit, the worst day), somebody
 * randomised whom the criteria exclude, a consent form that was not the newest approved one on the day of signing,
 * and what was recorded as such an event.
 */
export function derivedDeviations(document: StudyDocument, one: OnRecord): DerivedDeviation[] {
  const { code: participant, site } = one;
  const found: Omit<DerivedDeviation, 'participant' | 'site'>[] = [
    ...one.visits.flatMap((visit) => outOfWindow(visit, one)),
    ...ineligible(document, one),
    ...expiredConsent(document, one),
    ...one.events.map(({ label, on, detail }) => ({
      kind: 'recorded-event' as const,
      severity: 'major' as const,
      on,
      description: detail === '' ? label : `${label}: ${detail}`,
    })),
  ];
  return found.map((deviation) => ({ participant, site, ...deviation }));
}

type Found = Omit<DerivedDeviation, 'participant' | 'site'>[];

function outOfWindow(visit: VisitView, { assessments }: OnRecord): Found {
  const outside = assessments.filter(
    (one) => one.visit === visit.visit && outsideWindow(visit, one.on) !== null,
  );
  const [first] = outside.sort((a, b) => (a.on < b.on ? 1 : -1));
  if (!first) return [];
  const side =
    outsideWindow(visit, first.on) === 'before' ? `before ${visit.opens}` : `after ${visit.closes}`;
  const reasons = [...new Set(outside.flatMap(({ lateReason }) => lateReason ?? []))].join('; ');
  return [
    {
      kind: 'out-of-window',
      severity: 'minor',
      on: first.on,
      description: `${visit.label} assessed outside its window, ${side}${reasons === '' ? '' : `: ${reasons}`}`,
    },
  ];
}

function ineligible(document: StudyDocument, { randomisedOn, screening, eligible }: OnRecord): Found {
  if (randomisedOn === null) return [];
  const settled = eligibilityFromScreening(document, screening);
  const against = document.eligibility.filter(
    ({ id, kind }) => settled[id] !== undefined && settled[id] !== (kind === 'inclusion'),
  );
  if (against.length === 0 && eligible !== false) return [];
  const why = against.map(({ text }) => `“${text}”`).join(', ');
  return [
    {
      kind: 'ineligible',
      severity: 'major',
      on: randomisedOn,
      description: `Randomised, and not eligible${why === '' ? '' : ` by the screening answers: ${why}`}`,
    },
  ];
}

function expiredConsent(document: StudyDocument, { consent }: OnRecord): Found {
  if (!consent) return [];
  const newest = document.consent.versions.filter(({ approved }) => approved <= consent.signedOn).at(-1);
  if (!newest || newest.version === consent.version) return [];
  return [
    {
      kind: 'consent-expired',
      severity: 'major',
      on: consent.signedOn,
      description: `Version ${consent.version} of the consent form was signed; version ${newest.version} had been approved on ${newest.approved}`,
    },
  ];
}
