import { useState } from 'react';
import { approveVersion, listVersions } from '../../server/studies/contract.ts';
import { useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { Field } from '../parts/Field.tsx';
import { useStudyId } from '../session.ts';
import { type Day, localDay } from '../time.ts';
import { LetterField } from './LetterField.tsx';
import type { SiteState } from './types.ts';
import { useAttach } from './useAttach.ts';

interface Props {
  version: number;
  site: SiteState;
  onClose: () => void;
}

/** Records a site's ethics approval: who decided, by which document, on which day; and keeps the letter, where it is at hand. */
export function ApproveDialog({ version, site, onClose }: Props) {
  const study = useStudyId();
  const today = localDay(new Date().toISOString());
  const approve = useCall(approveVersion, { invalidates: [listVersions] });
  const attach = useAttach(version, site.site);
  const [committee, setCommittee] = useState('');
  const [reference, setReference] = useState('');
  const [decidedOn, setDecidedOn] = useState<Day | null>(today);
  const unfit = committee.trim().length < 2 || reference.trim().length < 2 || decidedOn === null;
  const act = () =>
    decidedOn &&
    approve.mutate(
      {
        params: { study, number: String(version) },
        body: { site: site.site, committee: committee.trim(), reference: reference.trim(), decidedOn },
      },
      { onSuccess: () => (attach.file ? void attach.send(onClose) : onClose()) },
    );
  // The approval is on record and only its letter was not taken.
  if (approve.isSuccess && attach.cause)
    return (
      <Dialog
        title={t('The approval is recorded, its letter isn’t kept yet')}
        act={t('Attach the letter')}
        busy={attach.busy || attach.file === null}
        cause={attach.cause}
        onAct={() => void attach.send(onClose)}
        onClose={onClose}
      >
        <LetterField file={attach.file} onFile={attach.choose} />
      </Dialog>
    );
  return (
    <Dialog
      title={t('Approval of version {version} at {name}', { version, name: site.name })}
      act={t('Record the approval')}
      busy={approve.isPending || attach.busy || unfit}
      cause={approve.error}
      onAct={act}
      onClose={onClose}
    >
      <Field
        label={t('Ethics committee')}
        value={committee}
        maxLength={200}
        placeholder={t('Committee that decided')}
        onChange={(event) => setCommittee(event.currentTarget.value)}
      />
      <Field
        label={t('Decision document')}
        value={reference}
        maxLength={200}
        hint={t('Its number or name, as on the letter.')}
        onChange={(event) => setReference(event.currentTarget.value)}
      />
      <DayInput label={t('Decided on')} value={decidedOn} onChange={setDecidedOn} maxDate={today} />
      <LetterField file={attach.file} onFile={attach.choose} />
      <p className="small mute">
        {t(
          'The version comes into force at {name} when it is activated there, not before. An approval can’t be changed once it is recorded.',
          { name: site.name },
        )}
      </p>
    </Dialog>
  );
}
