import { IconWorld } from '@tabler/icons-react';
import { listed } from '../parts/naming.ts';

/** Says what of a version can't differ between sites, so that it comes into force at all of them in one step. */
export function StudyWide({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return null;
  return (
    <div className="note wrn">
      <IconWorld className="ic" aria-hidden />
      <div>
        <strong>One step for all sites.</strong> This version changes {listed(changes)}, which can’t differ
        between sites. It is activated at all open sites at once, when each has approved it.
      </div>
    </div>
  );
}
