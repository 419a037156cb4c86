import { readWorklist } from '../../server/visits/contract.ts';
import { useEndpoint } from '../api.ts';
import { said } from '../language/served.ts';
import { t } from '../language/t.ts';
import { useFilters } from '../parts/filters.ts';
import { Loaded } from '../parts/Loaded.tsx';
import { siteName, useMySites } from '../parts/naming.ts';
import { standingOf } from '../parts/worklist/standing.ts';
import { Paper } from '../print/Paper.tsx';
import { PaperVisits } from '../print/PaperVisits.tsx';
import { useStudyId, useStudyView } from '../session.ts';
import { fullDay } from '../time.ts';

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
    <Loaded of={worklist} label={t('the visits')} rows={14}>
      {({ today, rows, total }) => (
        <Paper
          title={t('Visit list')}
          about={t(
            '{visits, plural, one {# visit} other {# visits}} open at {where}, sorted by when their window closes.{what}',
            {
              visits: total,
              where,
              what:
                total > most
                  ? ` ${t('The first {most} are printed; choose a site to see the others.', { most })}`
                  : '',
            },
          )}
          sheets={[
            {
              key: 'visits',
              name: t('Visit list'),
              subject: [
                { label: t('Site'), value: where },
                { label: t('On'), value: fullDay(today) },
              ],
              children: (
                <PaperVisits
                  lines={rows.map((row) => ({
                    participant: row.participant,
                    visit: said(row.visit.label),
                    opens: row.visit.opens,
                    closes: row.visit.closes,
                    standing: standingOf(row, today).words,
                    forms: t('{formsDone} of {formsTotal}', {
                      formsDone: row.visit.formsDone,
                      formsTotal: row.visit.formsTotal,
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
