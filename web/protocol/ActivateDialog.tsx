import { listParticipants, readParticipant } from '../../server/participants/contract.ts';
import { readDesign } from '../../server/randomisation/contract.ts';
import { activateVersion, listVersions, readStudy, type VersionView } from '../../server/studies/contract.ts';
import { listVisits, readWorklist } from '../../server/visits/contract.ts';
import { useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { listed } from '../parts/naming.ts';
import { useStudyId } from '../session.ts';
import type { SiteState } from './types.ts';

interface Props {
  version: VersionView;
  sites: readonly SiteState[];
  onClose: () => void;
}

/** Asks once more before a version comes into force, and says what that means for the people there. */
export function ActivateDialog({ version, sites, onClose }: Props) {
  const study = useStudyId();
  const activate = useCall(activateVersion, {
    invalidates: [
      listVersions,
      readStudy,
      readDesign,
      readParticipant,
      listParticipants,
      readWorklist,
      listVisits,
    ],
  });
  const where = listed(sites.map(({ name }) => name));
  return (
    <Dialog
      title={t('Activate version {version} at {where}?', { version: version.version, where })}
      act={t('Activate at {where}', { where })}
      busy={activate.isPending}
      cause={activate.error}
      onAct={() =>
        activate.mutate(
          {
            params: { study, number: String(version.version) },
            body: { sites: sites.map(({ site }) => site) },
          },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>
        {t(
          'From now on, {where} {sites, plural, one {works} other {work}} under version {version}: its visits, forms, criteria and consent versions. Forms that were begun stay under the version they were begun under.',
          { where, sites: sites.length, version: version.version },
        )}
      </p>
      {version.studyWide.includes('how arms are allocated') && (
        <p className="note wrn">
          {t(
            'The allocation changes: a new epoch begins with its own secret and commitment, and blocks that are open are retired.',
          )}
        </p>
      )}
      <p className="small mute">{t('This can’t be taken back; a later version can replace it.')}</p>
    </Dialog>
  );
}
