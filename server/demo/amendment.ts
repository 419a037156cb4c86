import { stringify } from 'yaml';
import { approveVersion } from '../studies/activate.ts';
import { attachApproval } from '../studies/approvals/attach.ts';
import type { StudyDocument } from '../studies/document.ts';
import { checkAmendment, recordAmendment } from '../studies/versions.ts';
import { addDays } from '../visits/days.rules.ts';
import { letterPdf } from './letter.ts';
import type { Script } from './script.ts';

/** An amendment on its way: on record, approved at the first site, waiting at the others, and active nowhere yet. */
export function amendment(script: Script, document: StudyDocument, today: string): void {
  const version = document.version + 1;
  script.at(`${addDays(today, -11)}T10:15:00.000Z`, async (services, as) => {
    const input = { text: stringify(amended(document, today), { lineWidth: 0 }), instruments: [] };
    const { amendment, problems } = await checkAmendment(services, as('owner'), input);
    if (!amendment) throw new Error(`The demonstration’s amendment: ${problems[0]!.message}`);
    await recordAmendment(services, as('owner'), { ...input, hash: amendment.hash });
  });
  script.at(`${addDays(today, -3)}T07:40:00.000Z`, async (services, as) => {
    const site = document.sites[0]!;
    const decision = {
      site: site.id,
      committee: 'Regional ethics committee',
      reference: `Amendment ${version - 1}, decision letter`,
      decidedOn: addDays(today, -4),
    };
    await approveVersion(services, as('owner'), version, decision);
    const letter = letterPdf([
      decision.committee,
      `${document.code}: ${decision.reference}`,
      `Approved at ${site.name} on ${decision.decidedOn}.`,
      'Synthetic: made for the demonstration.',
    ]);
    await attachApproval(
      services,
      as('owner'),
      { number: version, site: site.id },
      {
        key: crypto.randomUUID(),
        name: `decision-${decision.decidedOn}.pdf`,
        type: 'application/pdf',
        content: letter.toString('base64'),
      },
    );
  });
}

/** A wider window of the last visit, and a consent form that says so. */
function amended(document: StudyDocument, today: string): StudyDocument {
  const { versions } = document.consent;
  const last = document.visits.at(-1)!;
  return {
    ...document,
    version: document.version + 1,
    consent: {
      ...document.consent,
      versions: [...versions, { version: String(versions.length + 1), approved: addDays(today, -4) }],
    },
    visits: document.visits.map((visit) =>
      visit === last ? { ...visit, window: { ...visit.window, after: visit.window.after + 14 } } : visit,
    ),
  };
}
