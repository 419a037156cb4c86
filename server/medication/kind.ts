import { notValid } from '../errors.ts';
import type { RecordKind } from '../records/kind.ts';
import { today } from '../visits/today.ts';
import type { MedicationContent } from './contract.ts';
import { problemsOfMedication } from './rules.ts';

/** Concomitant medication. */
export const medication: RecordKind<MedicationContent> = {
  kind: 'medication',
  family: 'medication',
  what: 'Medication',
  tells: 'treatment',
  check({ services, caller, content }) {
    const problems = problemsOfMedication(caller.study.document, content, today(services));
    if (problems.length > 0) throw notValid(`${problems[0]!.message} Nothing was saved.`, problems);
    return content;
  },
};
