import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readBoard, readBoardLog, readClosed } from '../../server/board/contract.ts';
import { keyOf, useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useStudyId } from '../session.ts';
import { ConfirmForm } from './ConfirmForm.tsx';
import { Report } from './Report.tsx';
import type { Can } from './TakeFiles.tsx';
import { useLogAfter } from './useLogAfter.ts';

interface Props {
  number: number;
  /** Until when closed reports are open in this session; null: the sign-in step comes first. */
  until: string | null;
  can: Can;
}

/** The closed report, behind its own sign-in step; it goes from the screen when that is over. */
export function Closed({ number, until, can }: Props) {
  const study = useStudyId();
  const client = useQueryClient();
  useEffect(() => {
    if (until === null) return;
    const over = () => {
      client.removeQueries({ queryKey: keyOf(readClosed) });
      void client.invalidateQueries({ queryKey: keyOf(readBoard) });
    };
    const timer = setTimeout(over, Math.max(0, Date.parse(until) - Date.now()) + 500);
    return () => clearTimeout(timer);
  }, [client, until]);
  if (until === null) return <ConfirmForm study={study} />;
  return <Confirmed study={study} number={number} until={until} can={can} />;
}

function Confirmed({ study, number, until, can }: Omit<Props, 'until'> & { study: string; until: string }) {
  // As it was when the report was opened: another width must not open it again.
  const [phone] = useState(() => window.matchMedia('(max-width: 640px)').matches);
  const report = useEndpoint(
    readClosed,
    { params: { study, number }, query: { layout: phone ? 'phone' : 'wide' } },
    // Read once, because each reading is on the access log, and kept no longer than it is looked at.
    {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
  );
  useLogAfter(readBoardLog, report.dataUpdatedAt);
  return (
    <Loaded of={report} label={t('the closed report')}>
      {(data) => <Report report={data} part="closed" number={number} can={can} until={until} />}
    </Loaded>
  );
}
