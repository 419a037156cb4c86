import { ImportSteps } from '../imports/ImportSteps.tsx';
import { Late } from '../parts/Late.tsx';
import { useStudyView } from '../session.ts';

/** Import of a CSV: read, mapped, tried, then written, all or nothing. */
export default function Imports() {
  const study = useStudyView();
  return (
    <>
      <div className="head">
        <div>
          <h1>Import</h1>
          <p>
            Participants and answers from a CSV. Each import is checked like entry by hand and written to the
            audit trail.
          </p>
        </div>
      </div>
      {study ? <ImportSteps study={study} /> : <Late label="Loading the study" />}
    </>
  );
}
