import { contradictions } from '../participants/rules.ts';
import type { StudyDocument } from '../studies/document.ts';
import { type ScreeningValues, stratumOf } from '../studies/rules.ts';
import type { Readiness } from './contract.ts';

/** What is on record of a participant when randomising is considered. */
export interface Facts {
  status: string;
  site: string;
  screening: ScreeningValues;
  eligibility: { answers: Record<string, boolean>; eligible: boolean } | null;
  consent: { version: string; signedOn: string } | null;
  /** Complete forms, as visit/instrument. */
  complete: ReadonlySet<string>;
  /** Number of the allocation. */
  allocation: number | null;
}

type Check = Readiness['checks'][number];

/** What has to hold before someone is randomised. The stratum is named only where it can't be told. */
export function checksBefore(document: StudyDocument, facts: Facts): Check[] {
  const wanted = document.visits
    .filter((visit) => visit.baseline)
    .flatMap((visit) => visit.instruments.map((instrument) => `${visit.id}/${instrument}`));
  const complete = wanted.filter((place) => facts.complete.has(place));
  const criteria = document.eligibility.length;
  const { consent, eligibility, screening } = facts;
  // Screening answers that were put right since may speak against what was recorded.
  const against = eligibility ? contradictions(document, screening, eligibility.answers) : [];
  return [
    {
      id: 'eligibility',
      met: eligibility?.eligible === true && against.length === 0,
      text: eligibility
        ? (against[0]?.message ?? `${criteria} of ${criteria} criteria settled`)
        : 'Eligibility has not been recorded',
    },
    {
      id: 'consent',
      met: consent !== null,
      text: consent
        ? `Version ${consent.version}, signed ${consent.signedOn}`
        : 'Consent has not been recorded',
    },
    {
      id: 'baseline',
      met: complete.length === wanted.length,
      text: `${complete.length} of ${wanted.length} baseline forms complete`,
    },
    ...stratumCheck(document, facts),
    {
      id: 'not-randomised',
      met: facts.allocation === null,
      text:
        facts.allocation === null ? 'Not randomised before' : `Randomised already, no. ${facts.allocation}`,
    },
  ];
}

/** An amendment may close the site, or ask for something that nobody asked this participant. */
function stratumCheck(document: StudyDocument, { site, screening }: Facts): Check[] {
  const { closed, name } = document.sites.find((one) => one.id === site)!;
  if (closed) return [{ id: 'stratum', met: false, text: `${name} is closed to randomisation` }];
  try {
    stratumOf(document, site, screening);
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ id: 'stratum', met: false, text: error.message }];
  }
}

export function isReady(checks: readonly Check[], status: string): boolean {
  return status === 'consented' && checks.every((check) => check.met);
}
