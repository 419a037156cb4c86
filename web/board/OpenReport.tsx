import { useState } from 'react';
import { readBoardLog, readOpen } from '../../server/board/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useStudyId } from '../session.ts';
import { Report } from './Report.tsx';
import type { Can } from './TakeFiles.tsx';
import { useLogAfter } from './useLogAfter.ts';

/** The open report of a snapshot: read once, because each reading is on the access log. */
export function OpenReport({ number, can }: { number: number; can: Can }) {
  const study = useStudyId();
  // As it was when the report was opened: another width must not open it again.
  const [phone] = useState(() => window.matchMedia('(max-width: 640px)').matches);
  const report = useEndpoint(
    readOpen,
    { params: { study, number }, query: { layout: phone ? 'phone' : 'wide' } },
    { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, refetchOnReconnect: false },
  );
  useLogAfter(readBoardLog, report.dataUpdatedAt);
  return (
    <Loaded of={report} label={t('the open report')}>
      {(data) => <Report report={data} part="open" number={number} can={can} />}
    </Loaded>
  );
}
