import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { LetterField } from './LetterField.tsx';
import type { SiteState } from './types.ts';
import { useAttach } from './useAttach.ts';

/** Puts the committee's letter with an approval that is on record. */
export function AttachDialog({
  version,
  site,
  onClose,
}: {
  version: number;
  site: SiteState;
  onClose: () => void;
}) {
  const attach = useAttach(version, site.site);
  return (
    <Dialog
      title={t('Letter of version {version} at {name}', { version, name: site.name })}
      act={t('Attach the letter')}
      busy={attach.busy || attach.file === null}
      cause={attach.cause}
      onAct={() => void attach.send(onClose)}
      onClose={onClose}
    >
      <LetterField file={attach.file} onFile={attach.choose} />
      <p className="small mute">
        {t(
          'It is kept as it is, with its fingerprint. A letter can’t be taken away again; another can be added.',
        )}
      </p>
    </Dialog>
  );
}
