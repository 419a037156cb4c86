import { useNavigate, useParams } from '@tanstack/react-router';
import { readSecondEntry } from '../../server/doubleEntry/contract.ts';
import { useEndpoint } from '../api.ts';
import { EntrySheet } from '../doubleEntry/EntrySheet.tsx';
import { withoutWindow } from '../doubleEntry/send.ts';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { NotFound } from '../parts/NotFound.tsx';
import { Refusal } from '../parts/Refusal.tsx';
import { useStudyUnder } from '../session.ts';

/** Second entry of one form, blind to the first. */
export default function SecondEntry() {
  const place = useParams({ from: '/gate/s/$study/double-entry/$participant/$visit/$instrument/second' });
  const navigate = useNavigate();
  const entry = useEndpoint(
    readSecondEntry,
    { params: place },
    { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 },
  );
  // The first entry's protocol version: both are made with the same form.
  const under = useStudyUnder(entry.data?.studyVersion);
  const study = under.data;
  if (under.error) return <Refusal cause={under.error} retry={() => void under.refetch()} />;
  if (entry.error) return <Refusal cause={entry.error} retry={() => void entry.refetch()} />;
  if (!study || !entry.data) return <Late label={t('Loading the form')} rows={12} />;
  const instrument = study.instruments.find(({ id }) => id === place.instrument);
  if (!instrument) return <NotFound />;
  return (
    <EntrySheet
      key={`${place.participant} ${place.visit} ${place.instrument}`}
      study={study}
      form={withoutWindow(entry.data)}
      instrument={instrument}
      onClose={() => void navigate({ to: '/s/$study/double-entry', params: { study: place.study } })}
    />
  );
}
