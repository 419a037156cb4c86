import { useState } from 'react';
import { type HarmView, listHarms, reportHarm } from '../../server/harms/contract.ts';
import { readHistory } from '../../server/participants/contract.ts';
import { readWorklist } from '../../server/visits/contract.ts';
import { newKey, useCall } from '../api.ts';
import { t } from '../language/t.ts';
import { Dialog } from '../parts/dialogs/Dialog.tsx';
import { useStudyId } from '../session.ts';
import { TextField } from './Fields.tsx';

/** Notes that the sponsor has it now; the first report stops the clock, later ones follow up. */
export default function ReportHarm({ harm, onClose }: { harm: HarmView; onClose: () => void }) {
  const study = useStudyId();
  const report = useCall(reportHarm, { invalidates: [listHarms, readWorklist, readHistory] });
  const [key] = useState(newKey);
  const [note, setNote] = useState('');
  const first = harm.reports.length === 0;
  return (
    <Dialog
      title={
        <>
          {first ? t('Reported to the sponsor') : t('Follow-up report')},{' '}
          <span className="code">{harm.participant}</span>
        </>
      }
      act={first ? t('It is reported now') : t('The follow-up is reported now')}
      busy={report.isPending}
      cause={report.error}
      onAct={() =>
        report.mutate(
          { params: { study, record: harm.id }, body: { key, version: harm.version, note } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <p>
        {t('{term}. The server takes the time and your name', { term: harm.content.term })}
        {first ? t('; the clock stops, and a late report stays late.') : '.'}
      </p>
      <TextField
        label={first ? t('How, and to whom') : t('What is new')}
        value={note}
        onChange={setNote}
        most={1000}
        rows={3}
      />
    </Dialog>
  );
}
