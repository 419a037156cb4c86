import { useState } from 'react';
import {
  addDeviation,
  correctDeviation,
  type DeviationView,
  deviationVersions,
  listDeviations,
} from '../../server/deviations/contract.ts';
import { deviationCategories } from '../../server/deviations/rules.ts';
import { newKey, useCall } from '../api.ts';
import { DayInput } from '../forms/DayInput.tsx';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useSites } from '../parts/naming.ts';
import { useStudyId, useStudyView } from '../session.ts';
import { type Day, localDay } from '../time.ts';
import { RadioField, ReasonField, SelectField, TextField } from './Fields.tsx';

/** A protocol deviation, of a participant or of a site as a whole. */
export default function DeviationDialog({
  deviation,
  onClose,
}: {
  deviation?: DeviationView;
  onClose: () => void;
}) {
  const study = useStudyId();
  const view = useStudyView();
  const sites = useSites(view);
  const add = useCall(addDeviation, { invalidates: [listDeviations] });
  const correct = useCall(correctDeviation, { invalidates: [listDeviations, deviationVersions] });
  const categories = (view ? deviationCategories(view.document) : []).map((one) => ({
    ...one,
    label: said(one.label),
  }));
  const today = localDay(new Date().toISOString());
  const [key] = useState(newKey);
  const [site, setSite] = useState(deviation?.site ?? sites[0]?.id ?? '');
  const [participant, setParticipant] = useState('');
  const [category, setCategory] = useState(deviation?.content.category ?? categories[0]?.id ?? '');
  const [severity, setSeverity] = useState<'minor' | 'major' | null>(deviation?.content.severity ?? null);
  const [on, setOn] = useState<Day | null>(deviation?.content.on ?? today);
  const [description, setDescription] = useState(deviation?.content.description ?? '');
  const [action, setAction] = useState(deviation?.content.action ?? '');
  const [reason, setReason] = useState('');
  const act = () => {
    if (on === null || severity === null) return;
    const content = { category, severity, on, description, action };
    const done = { onSuccess: onClose };
    if (deviation)
      correct.mutate(
        { params: { study, record: deviation.id }, body: { version: deviation.version, reason, content } },
        done,
      );
    else
      add.mutate(
        {
          params: { study },
          body: { key, site, participant: participant.trim().toUpperCase() || null, content },
        },
        done,
      );
  };
  return (
    <Dialog
      title={deviation ? t('Correct a deviation') : t('Record a deviation')}
      act={deviation ? t('Save the correction') : t('Record it')}
      busy={
        add.isPending ||
        correct.isPending ||
        on === null ||
        severity === null ||
        description.trim().length < 3 ||
        (deviation !== undefined && reason.trim().length < 3)
      }
      cause={add.error ?? correct.error}
      onAct={act}
      onClose={onClose}
    >
      {!deviation && (
        <div className="two even">
          <SelectField
            label={t('Site')}
            value={site}
            onChange={setSite}
            options={sites.map(({ id, name }) => ({ id, label: name }))}
          />
          <TextField
            label={t('Participant')}
            hint={t('Empty for the site as a whole')}
            value={participant}
            onChange={setParticipant}
            most={13}
          />
        </div>
      )}
      <div className="two even">
        <SelectField label={t('Category')} value={category} onChange={setCategory} options={categories} />
        <DayInput label={t('On')} value={on} onChange={setOn} maxDate={today} />
      </div>
      <RadioField
        label={t('How grave')}
        value={severity}
        onChange={setSeverity}
        options={[
          { id: 'minor', label: t('Minor') },
          { id: 'major', label: t('Major: rights, safety, well-being or reliable data may be touched') },
        ]}
      />
      <TextField
        label={t('What happened')}
        value={description}
        onChange={setDescription}
        most={2000}
        rows={3}
        required
      />
      <TextField
        label={t('What was done about it')}
        value={action}
        onChange={setAction}
        most={2000}
        rows={3}
      />
      {deviation && (
        <>
          {deviation.content.review && (
            <p className="note wrn">
              {t('A correction takes the review away: it was of the earlier version.')}
            </p>
          )}
          <ReasonField value={reason} onChange={setReason} />
        </>
      )}
    </Dialog>
  );
}
