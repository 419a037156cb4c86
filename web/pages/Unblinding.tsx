import { listUnblindings } from '../../server/unblinding/contract.ts';
import { useEndpoint } from '../api.ts';
import { Empty } from '../parts/Empty.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { useStudyId } from '../session.ts';
import { count } from '../time.ts';
import { UnblindingTable } from '../unblinding/UnblindingTable.tsx';

/** Every emergency unblinding that was asked for, newest first, without arms. */
export default function Unblinding() {
  const study = useStudyId();
  const list = useEndpoint(listUnblindings, { params: { study } });
  const shown = list.data?.rows.filter(({ openedAt }) => openedAt !== null).length;
  return (
    <>
      <div className="head">
        <div>
          <h1>Emergency unblindings</h1>
          <p>
            {list.data
              ? `${count(list.data.rows.length, 'request')}, ${shown} taken; arms are never listed`
              : 'Arms are never listed'}
          </p>
        </div>
      </div>
      <Loaded of={list} label="unblindings" rows={6}>
        {({ rows }) =>
          rows.length === 0 ? (
            <div className="card">
              <Empty title="Nobody has been unblinded">
                A request comes here with its reason as soon as it is made, before the arm is shown. It starts
                from the participant’s page.
              </Empty>
            </div>
          ) : (
            <UnblindingTable rows={rows} />
          )
        }
      </Loaded>
    </>
  );
}
