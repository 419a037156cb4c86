import { listVisits } from '../../server/visits/contract.ts';
import { useEndpoint } from '../api.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName, useMySites } from '../parts/naming.ts';
import { Paper } from '../print/Paper.tsx';
import { PaperVisits } from '../print/PaperVisits.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { appointment, fullDay } from '../time.ts';
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
  const what = state
    ? t('Visits: {stateWords}', { stateWords: stateWords[state].toLowerCase() })
    : t('Every visit');
  return (
    <Loaded of={list} label={t('the visits')} rows={14}>
      {({ today, rows }) => (
        <Paper
          title={t('Visit status')}
          about={t(
            '{visits, plural, one {# visit} other {# visits}} at {where}, sorted by when their window closes.',
            { visits: rows.length, where },
          )}
          sheets={[
            {
              key: 'visits',
              name: t('Visit status'),
              subject: [
                { label: t('Site'), value: where },
                { label: t('Shows'), value: what },
                { label: t('On'), value: fullDay(today) },
              ],
              children: (
                <PaperVisits
                  lines={rows.map(({ participant, visit }) => ({
                    participant,
                    visit: said(visit.label),
                    opens: visit.opens,
                    closes: visit.closes,
                    standing: visit.bookedFor
                      ? t('{stateWords}, booked {bookedFor}', {
                          stateWords: stateWords[visit.state],
                          bookedFor: appointment(visit.bookedFor),
                        })
                      : stateWords[visit.state],
                    forms: t('{formsDone} of {formsTotal}', {
                      formsDone: visit.formsDone,
                      formsTotal: visit.formsTotal,
                    }),
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
