import { readWorklist } from '../../server/visits/contract.ts';
import { useEndpoint } from '../api.ts';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName, useMySites } from '../parts/naming.ts';
import { standingOf } from '../parts/worklist/standing.ts';
import { Paper } from '../print/Paper.tsx';
import { PaperVisits } from '../print/PaperVisits.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { count, fullDay } from '../time.ts';

const most = 500;

/** The worklist's visits on paper, sorted by when their window closes. */
export default function PrintVisits() {
  const study = useStudyId();
  const view = useStudyView();
  const [{ site }] = useFilters();
  const mine = useMySites(view);
  const worklist = useEndpoint(readWorklist, { params: { study }, query: { site, size: most } });
  const where = site ? siteName(view, site) : mine;
  return (
    <Loaded of={worklist} label="the visits" rows={14}>
      {({ today, rows, total }) => (
        <Paper
          title="Visit list"
          about={`${count(total, 'visit')} open at ${where}, sorted by when their window closes.${total > most ? ` The first ${most} are printed; choose a site to see the others.` : ''}`}
          sheets={[
            {
              key: 'visits',
              name: 'Visit list',
              subject: [
                { label: 'Site', value: where },
                { label: 'On', value: fullDay(today) },
              ],
              children: (
                <PaperVisits
                  lines={rows.map((row) => ({
                    participant: row.participant,
                    visit: row.visit.label,
                    opens: row.visit.opens,
                    closes: row.visit.closes,
                    standing: standingOf(row, today).words,
                    forms: `${row.visit.formsDone} of ${row.visit.formsTotal}`,
                  }))}
                />
              ),
            },
          ]}
        />
      )}
    </Loaded>
  );
}
