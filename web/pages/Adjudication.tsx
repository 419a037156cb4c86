import { useParams } from '@tanstack/react-router';
import { compareEntries } from '../../server/doubleEntry/contract.ts';
import { useEndpoint } from '../api.ts';
import { DecideSheet } from '../doubleEntry/DecideSheet.tsx';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { NotFound } from '../parts/NotFound.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { useStudyUnder } from '../session.ts';

/** Two entries of one form side by side, and the choice of what stands. */
export default function Adjudication() {
  const place = useParams({ from: '/gate/s/$study/double-entry/$participant/$visit/$instrument' });
  const comparison = useEndpoint(compareEntries, { params: place });
  const under = useStudyUnder(comparison.data?.studyVersion);
  const study = under.data;
  if (under.error) return <Refusal cause={under.error} retry={() => void under.refetch()} />;
  if (comparison.error) return <Refusal cause={comparison.error} retry={() => void comparison.refetch()} />;
  if (!study || !comparison.data) return <Late label={t('Loading both entries')} rows={8} />;
  const instrument = study.instruments.find(({ id }) => id === place.instrument);
  if (!instrument) return <NotFound />;
  const { data } = comparison;
  return (
    <DecideSheet
      key={`${data.participant} ${data.visit} ${data.instrument} ${data.formVersion} ${data.fields.filter(({ decided }) => decided).length}`}
      study={study}
      instrument={instrument}
      comparison={data}
    />
  );
}
