import { listVisits } from '../../server/visits/contract.ts';
import { useEndpoint } from '../api.ts';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName, useMySites } from '../parts/naming.ts';
import { Paper } from '../print/Paper.tsx';
import { PaperVisits } from '../print/PaperVisits.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { appointment, count, fullDay } from '../time.ts';
import { stateAsked, stateWords } from '../visits/states.ts';

/** The visits' status list on paper, as it was filtered. */
export default function PrintVisitStatus() {
  const study = useStudyId();
  const view = useStudyView();
  const mine = useMySites(view);
  const [{ site, state: asked }] = useFilters();
  const state = stateAsked(asked);
  const list = useEndpoint(listVisits, { params: { study }, query: { site, state: state ?? undefined } });
  const where = site ? siteName(view, site) : mine;
  const what = state ? `Visits: ${stateWords[state].toLowerCase()}` : 'Every visit';
  return (
    <Loaded of={list} label="the visits" rows={14}>
      {({ today, rows }) => (
        <Paper
          title="Visit status"
          about={`${count(rows.length, 'visit')} at ${where}, sorted by when their window closes.`}
          sheets={[
            {
              key: 'visits',
              name: 'Visit status',
              subject: [
                { label: 'Site', value: where },
                { label: 'Shows', value: what },
                { label: 'On', value: fullDay(today) },
              ],
              children: (
                <PaperVisits
                  lines={rows.map(({ participant, visit }) => ({
                    participant,
                    visit: visit.label,
                    opens: visit.opens,
                    closes: visit.closes,
                    standing: visit.bookedFor
                      ? `${stateWords[visit.state]}, booked ${appointment(visit.bookedFor)}`
                      : stateWords[visit.state],
                    forms: `${visit.formsDone} of ${visit.formsTotal}`,
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
