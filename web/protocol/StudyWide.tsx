import { IconWorld } from '@tabler/icons-react';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { listed } from '../parts/naming.ts';

/** Says what of a version can't differ between sites, so that it comes into force at all of them in one step. */
export function StudyWide({ changes }: { changes: readonly string[] }) {
  if (changes.length === 0) return null;
  return (
    <div className="note wrn">
      <IconWorld className="ic" aria-hidden />
      <div>
        <strong>{t('One step for all sites.')}</strong>{' '}
        {t(
          'This version changes {listed}, which can’t differ between sites. It is activated at all open sites at once, when each has approved it.',
          { listed: listed(changes.map(said)) },
        )}
      </div>
    </div>
  );
}
