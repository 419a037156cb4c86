import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { readForm } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { type ParticipantView, readParticipant } from '../../server/participants/contract.ts';
import { readStudy, type StudyView } from '../../server/studies/contract.ts';
import { useEndpoint } from '../api.ts';
import { Onward } from '../forms/EndRow.tsx';
import { FormSheet } from '../forms/FormSheet.tsx';
import { inOwnLanguage } from '../language/study.ts';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { NotFound } from '../parts/NotFound.tsx';
import { Refusal } from '../parts/Refusal.tsx';

/** Entry of one form of one visit of one participant. */
export default function FormEntry() {
  const place = useParams({ from: '/gate/s/$study/participants/$participant/$visit/$instrument' });
  const { back } = useSearch({ strict: false });
  const navigate = useNavigate();
  // Read anew at each opening: entry begins on the version that the server has now.
  const form = useEndpoint(readForm, { params: place }, { staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  const { study: id, participant } = place;
  const person = useEndpoint(readParticipant, { params: { study: id, participant } });
  // The protocol as the form was begun under, or as the site works under it now.
  const version = form.data?.studyVersion;
  const study = useEndpoint(
    readStudy,
    { params: { study: place.study }, query: { version } },
    { enabled: version !== undefined, staleTime: Number.POSITIVE_INFINITY, select: inOwnLanguage },
  ).data;
  if (form.error) return <Refusal cause={form.error} retry={() => void form.refetch()} />;
  if (!study || !form.data) return <Late label={t('Loading the form')} rows={12} />;
  const instrument = study.instruments.find((one) => one.id === place.instrument);
  if (!instrument) return <NotFound />;
  const close = () =>
    void navigate(
      back === 'enrol'
        ? { to: '/s/$study/enrol/$participant', params: { study: id, participant } }
        : { to: '/s/$study/participants/$participant', params: { study: id, participant } },
    );
  return (
    <FormSheet
      key={`${participant} ${place.visit} ${place.instrument}`}
      study={study}
      form={form.data}
      instrument={instrument}
      onward={<Onward {...place} next={nextForm(study, person.data, place)} back={back} />}
      onClose={close}
    />
  );
}

/** The first form of the visit, after this one and then from the start, that is not complete. */
function nextForm(
  study: StudyView,
  participant: ParticipantView | undefined,
  place: { visit: string; instrument: string },
): InstrumentDocument | null {
  const planned = study.document.visits.find(({ id }) => id === place.visit)?.instruments;
  const order =
    planned ??
    (participant?.forms ?? []).filter((form) => form.visit === place.visit).map((form) => form.instrument);
  const at = order.indexOf(place.instrument);
  const complete = (instrument: string) =>
    participant?.forms.some(
      (form) => form.visit === place.visit && form.instrument === instrument && form.status === 'complete',
    );
  const next = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))].find(
    (instrument) => !complete(instrument),
  );
  return study.instruments.find(({ id }) => id === next) ?? null;
}
