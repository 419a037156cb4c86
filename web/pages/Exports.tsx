import { IconClock } from '@tabler/icons-react';
import { listExports } from '../../server/exports/contract.ts';
import { useEndpoint } from '../api.ts';
import css from '../exports/exports.module.css';
import { Files } from '../exports/Files.tsx';
import { Notes } from '../exports/Notes.tsx';
import { t } from '../language/t.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { useStudyId } from '../session.ts';
import { clock, fullDay, localDay } from '../time.ts';

/** What can be taken away: data in two shapes, what their columns mean, and the results. */
export default function Exports() {
  const study = useStudyId();
  const exports = useEndpoint(listExports, { params: { study } });
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Exports')}</h1>
          {exports.data && (
            <p className={css.asOf}>
              <IconClock className="ic" aria-hidden />
              {t('Data as of {asOf}, {asOf2}.', {
                asOf: fullDay(localDay(exports.data.asOf)),
                asOf2: clock(exports.data.asOf),
              })}{' '}
              {exports.data.locked
                ? t('The study is locked since {at}, by {by}.', {
                    at: fullDay(localDay(exports.data.locked.at)),
                    by: exports.data.locked.by,
                  })
                : t('The study isn’t locked: data can still change.')}{' '}
              {t('Each download is written to the audit trail.')}
            </p>
          )}
        </div>
      </div>
      <div className={css.layout}>
        <Loaded of={exports} label={t('the exports')} rows={4}>
          {(data) => <Files study={study} files={data.files} />}
        </Loaded>
        <Notes study={study} />
      </div>
    </>
  );
}
