import { listUnblindings } from '../../server/unblinding/contract.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Empty } from '../parts/Empty.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { useStudyId } from '../session.ts';
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
          <h1>{t('Emergency unblindings')}</h1>
          <p>
            {list.data
              ? t(
                  '{requests, plural, one {# request} other {# requests}}, {shown} taken; arms are never listed',
                  { requests: list.data.rows.length, shown },
                )
              : t('Arms are never listed')}
          </p>
        </div>
      </div>
      <Loaded of={list} label={t('unblindings')} rows={6}>
        {({ rows }) =>
          rows.length === 0 ? (
            <div className="card">
              <Empty title={t('Nobody has been unblinded')}>
                {t(
                  'A request comes here with its reason as soon as it is made, before the arm is shown. It starts from the participant’s page.',
                )}
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
