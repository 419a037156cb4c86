import type { Finding } from '../documents/parse.ts';
import { oneOf } from '../documents/repeats.ts';
import type { InstrumentDocument } from '../instruments/document.ts';
import type { StudyDocument } from './document.ts';

/** The sampling plan of source verification names forms, visits and items that exist. */
export function checkVerification(
  { verification, visits }: StudyDocument,
  instruments: ReadonlyMap<string, InstrumentDocument>,
): Finding[] {
  const used = [...new Set(visits.flatMap((visit) => visit.instruments))];
  return (verification?.rules ?? []).flatMap((rule, index) => {
    const at = ['verification', 'rules', index];
    const findings: Finding[] = [];
    const expect = (key: string, found: readonly string[] | undefined, known: readonly string[]) => {
      for (const [n, id] of (found ?? []).entries())
        if (!known.includes(id))
          findings.push({
            path: [...at, key, n],
            message: `Found “${id}”; expected one of ${oneOf(known)}.`,
          });
    };
    expect('instruments', rule.instruments, used);
    expect(
      'visits',
      rule.visits,
      visits.map(({ id }) => id),
    );
    if (rule.items !== undefined)
      expect(
        'items',
        rule.items,
        (rule.instruments ?? []).flatMap((id) => instruments.get(id)?.items.map((item) => item.id) ?? []),
      );
    if (rule.consent !== true && rule.instruments === undefined)
      findings.push({ path: at, message: 'Names neither instruments nor consent: true.' });
    return findings;
  });
}
