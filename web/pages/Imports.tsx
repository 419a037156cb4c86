import { ImportSteps } from '../imports/ImportSteps.tsx';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { useStudyView } from '../session.ts';

/** Import of a CSV: read, mapped, tried, then written, all or nothing. */
export default function Imports() {
  const study = useStudyView();
  return (
    <>
      <div className="head">
        <div>
          <h1>{t('Import')}</h1>
          <p>
            {t(
              'Participants and answers from a CSV. Each import is checked like entry by hand and written to the audit trail.',
            )}
          </p>
        </div>
      </div>
      {study ? <ImportSteps study={study} /> : <Late label={t('Loading the study')} />}
    </>
  );
}
