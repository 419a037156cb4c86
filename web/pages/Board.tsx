import { IconCamera } from '@tabler/icons-react';
import { useState } from 'react';
import { readBoard } from '../../server/board/contract.ts';
import { useEndpoint } from '../api.ts';
import { AccessLog } from '../board/AccessLog.tsx';
import { Closed } from '../board/Closed.tsx';
import { OpenReport } from '../board/OpenReport.tsx';
import { PrepareDialog } from '../board/PrepareDialog.tsx';
import { Snapshots } from '../board/Snapshots.tsx';
import { t } from '../language/t.ts';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { Tabs } from '../parts/Tabs.tsx';
import { useMay, useSessionStudy, useStudyId } from '../session.ts';

/** The monitoring board: frozen snapshots, their open and closed reports, and who opened which. */
export default function Board() {
  const study = useStudyId();
  const may = useMay();
  const blinded = useSessionStudy()?.blinded ?? true;
  const board = useEndpoint(readBoard, { params: { study } });
  const [{ tab = 'snapshots', snapshot }, setFilter] = useFilters();
  const [preparing, setPreparing] = useState(false);
  const newest = board.data?.snapshots[0]?.number;
  const number = Number(snapshot ?? newest);
  const choose = (id: string) => setFilter({ tab: id === 'snapshots' ? undefined : id, snapshot });
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Monitoring board')}</h1>
          <p>
            {t(
              '{snapshots, plural, one {# snapshot} other {# snapshots}}, frozen as the data were at the cut-off',
              {
                snapshots: board.data?.snapshots.length ?? 0,
              },
            )}
          </p>
        </div>
        <div className="acts">
          {may('board.prepare') && !blinded && (
            <button type="button" className="btn pri" onClick={() => setPreparing(true)}>
              <IconCamera className="ic" aria-hidden />
              {t('Prepare a snapshot')}
            </button>
          )}
        </div>
      </div>
      <Loaded of={board} label={t('the monitoring board')} rows={4}>
        {({ snapshots, confirmedUntil, ...can }) => {
          const row = snapshots.find((one) => one.number === number) ?? snapshots[0];
          const open = (part: 'open' | 'closed', which: number) =>
            setFilter({ tab: part, snapshot: String(which) });
          const closed = may('board.closed.read') && !blinded;
          return (
            <div className="card">
              <Tabs
                label={t('Monitoring board')}
                chosen={tab}
                choose={choose}
                tabs={[
                  {
                    id: 'snapshots',
                    label: t('Snapshots'),
                    note: snapshots.length,
                    panel: <Snapshots rows={snapshots} closed={closed} onOpen={open} />,
                  },
                  ...(row
                    ? [
                        {
                          id: 'open',
                          label: t('Open report'),
                          panel: <OpenReport key={row.number} number={row.number} can={can} />,
                        },
                      ]
                    : []),
                  ...(row && closed
                    ? [
                        {
                          id: 'closed',
                          label: t('Closed report'),
                          panel: (
                            <Closed key={row.number} number={row.number} until={confirmedUntil} can={can} />
                          ),
                        },
                      ]
                    : []),
                  ...(may('board.log') ? [{ id: 'log', label: t('Access log'), panel: <AccessLog /> }] : []),
                ]}
              />
            </div>
          );
        }}
      </Loaded>
      {preparing && (
        <PrepareDialog
          onDone={(made) => {
            setPreparing(false);
            setFilter({ tab: undefined, snapshot: String(made) });
          }}
          onClose={() => setPreparing(false)}
        />
      )}
    </>
  );
}
