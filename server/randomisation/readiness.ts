import { readConsent } from '../consent/store.ts';
import type { Connection } from '../db/database.ts';
import type { ItemValues } from '../forms/contract.ts';
import { formsOf } from '../forms/store.ts';
import { scoresOf } from '../forms/view.ts';
import { findParticipant } from '../participants/find.ts';
import { contradictions } from '../participants/rules.ts';
import { type ParticipantRecord, readEligibility } from '../participants/store.ts';
import { unresolvedQueries } from '../queries/store.ts';
import type { Caller, Services } from '../services.ts';
import { describeAllocation } from '../studies/rules.ts';
import type { Study } from '../studies/study.ts';
import type { Readiness } from './contract.ts';
import { currentDesign, placementsOf } from './store.ts';

/** Whether the participant can be randomised now, or what is still open; and what randomising fixes. */
export async function checkReadiness(services: Services, caller: Caller, code: string): Promise<Readiness> {
  const db = services.db.read;
  return readinessOf(db, caller.study, await findParticipant(db, caller, code));
}

export async function readinessOf(
  db: Connection,
  study: Study,
  participant: ParticipantRecord,
): Promise<Readiness> {
  const [eligibility, consent, forms, queries, placements, design] = [
    await readEligibility(db, participant.id),
    await readConsent(db, participant.id),
    await formsOf(db, [participant.id]),
    await unresolvedQueries(db, study.id, [participant.id]),
    await placementsOf(db, [participant.id]),
    await currentDesign(db, study.id),
  ];
  const { document } = study;
  const baseline = document.visits.filter((visit) => visit.baseline);
  const wanted = baseline.flatMap((visit) =>
    visit.instruments.map((instrument) => ({ visit: visit.id, instrument })),
  );
  const complete = wanted.filter((place) =>
    forms.some(
      (form) =>
        form.visit === place.visit && form.instrument === place.instrument && form.status === 'complete',
    ),
  );
  const criteria = document.eligibility.length;
  // Screening answers that were put right since may speak against what was recorded.
  const against = eligibility
    ? contradictions(document, JSON.parse(participant.screening), JSON.parse(eligibility.answers))
    : [];
  const checks: Readiness['checks'] = [
    {
      id: 'eligibility',
      met: eligibility?.eligible === 1 && against.length === 0,
      text: eligibility
        ? (against[0]?.message ?? `${criteria} of ${criteria} criteria settled`)
        : 'Eligibility has not been recorded',
    },
    {
      id: 'consent',
      met: consent !== undefined,
      text: consent
        ? `Version ${consent.consent_version}, signed ${consent.signed_on}`
        : 'Consent has not been recorded',
    },
    {
      id: 'baseline',
      met: complete.length === wanted.length,
      text: `${complete.length} of ${wanted.length} baseline forms complete`,
    },
    {
      id: 'queries',
      met: queries.length === 0,
      text:
        queries.length === 0
          ? 'No open query'
          : `${queries.length} open ${queries.length === 1 ? 'query' : 'queries'}; randomising doesn’t wait for it`,
    },
    {
      id: 'not-randomised',
      met: placements.length === 0,
      text:
        placements.length === 0
          ? 'Not randomised before'
          : `Randomised already, no. ${placements[0]!.number}`,
    },
  ];
  const site = document.sites.find((one) => one.id === participant.site)!;
  return {
    ready: checks.every((check) => check.met || check.id === 'queries') && participant.status === 'consented',
    checks,
    fixes: [
      { label: 'Participant', value: participant.code },
      { label: 'Site', value: site.name },
      ...baselineScores(study, forms),
      { label: 'Eligibility', value: `${criteria} of ${criteria} criteria met` },
      { label: 'Consent', value: checks[1]!.text },
    ],
    method: describeAllocation(document),
    designHash: design?.design_hash ?? '',
  };
}

/** Baseline totals of the outcomes' instruments. */
function baselineScores(study: Study, forms: Awaited<ReturnType<typeof formsOf>>): Readiness['fixes'] {
  const baseline = study.document.visits.find((visit) => visit.baseline);
  const instruments = [
    ...new Set(study.document.outcomes.filter((one) => one.role === 'primary').map((one) => one.instrument)),
  ];
  return instruments.flatMap((id) => {
    const instrument = study.instruments.get(id);
    const form = forms.find((one) => one.visit === baseline?.id && one.instrument === id);
    if (!instrument || !form) return [];
    return scoresOf(study, instrument, JSON.parse(form.answers) as ItemValues)
      .filter((score) => score.value !== null)
      .map((score) => ({ label: `Baseline ${instrument.short}`, value: `${score.value} of ${score.max}` }));
  });
}
