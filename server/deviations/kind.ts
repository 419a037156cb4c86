import { notValid } from '../errors.ts';
import type { RecordKind } from '../records/kind.ts';
import { canonicalJson } from '../studies/canonical.ts';
import { today } from '../visits/today.ts';
import type { DeviationContent } from './contract.ts';
import { deviationCategories } from './rules.ts';

/** Deviations as people record them. A correction that changes something takes an earlier review away. */
export const deviation: RecordKind<DeviationContent> = {
  kind: 'deviation',
  aboutConduct: true,
  family: 'deviations',
  what: 'Protocol deviation',
  tells: 'treatment',
  check({ services, caller, content, before }) {
    const { review = null, ...words } = content;
    if (!deviationCategories(caller.study.document).some(({ id }) => id === words.category))
      throw notValid(`The protocol has no category “${words.category}” of deviations. Nothing was saved.`, [
        { path: 'content.category', message: 'Choose a category' },
      ]);
    if (words.on > today(services))
      throw notValid('The day of the deviation is in the future. Nothing was saved.', [
        { path: 'content.on', message: 'In the future' },
      ]);
    if (review !== null || before === null) return { ...words, review };
    const { review: earlier, ...old } = before;
    return { ...words, review: canonicalJson(old) === canonicalJson(words) ? earlier : null };
  },
};
