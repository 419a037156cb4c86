import { notAllowed, notValid } from '../errors.ts';
import type { RecordKind } from '../records/kind.ts';
import { today } from '../visits/today.ts';
import type { HarmContent } from './contract.ts';
import { problemsOfHarm } from './rules.ts';

/** Adverse events. Expectedness is an investigator's to judge; nobody else's correction changes it. */
export const harm: RecordKind<HarmContent> = {
  kind: 'harm',
  family: 'harms',
  what: 'Adverse event',
  tells: 'treatment',
  check({ services, caller, content, before }) {
    const now = services.now().toISOString();
    const problems = problemsOfHarm(content, today(services), now);
    if (problems.length > 0) throw notValid(`${problems[0]!.message} Nothing was saved.`, problems);
    const judged = content.expectedness !== (before?.expectedness ?? 'not-judged');
    if (judged && !caller.roles.includes('investigator'))
      throw notAllowed(
        'Whether it was expected is judged by an investigator. Leave that as it is; nothing was saved.',
      );
    return { ...content, serious: [...content.serious].sort() };
  },
};
