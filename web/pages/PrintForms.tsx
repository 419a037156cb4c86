import { useParams, useSearch } from '@tanstack/react-router';
import { type FormView, readForm } from '../../server/forms/contract.ts';
import type { InstrumentDocument } from '../../server/instruments/document.ts';
import { readParticipant } from '../../server/participants/contract.ts';
import { participantSignatures } from '../../server/signatures/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { isUnscheduled } from '../../server/visits/unscheduled.rules.ts';
import { useEndpoint } from '../api.ts';
import { t } from '../language/t.ts';
import { Late } from '../parts/Late.tsx';
import { Loaded } from '../parts/Loaded.tsx';
import { NotFound } from '../parts/NotFound.tsx';
import { visitLabel } from '../parts/naming.ts';
import { Refusal } from '../parts/Refusal.tsx';
import { Paper, type Sheet } from '../print/Paper.tsx';
import { PaperForm } from '../print/PaperForm.tsx';
import { useStudyUnder, useStudyView } from '../session.ts';
import { fullStamp } from '../time.ts';

/** Forms of one visit of one participant on paper: one as it is filled, or one or all of them blank. */
export default function PrintForms() {
  const { study, participant, visit } = useParams({ from: '/gate/s/$study/print/$participant/$visit' });
  const { form, blank } = useSearch({ strict: false });
  const view = useStudyView();
  const added = isUnscheduled(visit);
  const filled = form !== undefined && blank === undefined;
  const person = useEndpoint(readParticipant, { params: { study, participant } }, { enabled: added });
  if (filled) return <Filled {...{ study, participant, visit }} instrument={form} />;
  if (person.error) return <Refusal cause={person.error} retry={() => void person.refetch()} />;
  if (!view || (added && !person.data)) return <Late label={t('Loading the study')} rows={12} />;
  const offered = added
    ? (person.data?.forms ?? []).filter((one) => one.visit === visit).map((one) => one.instrument)
    : (view.document.visits.find(({ id }) => id === visit)?.instruments ?? []);
  const instruments = view.instruments
    .filter(({ id }) => offered.includes(id) && (form === undefined || id === form))
    .sort((one, other) => offered.indexOf(one.id) - offered.indexOf(other.id));
  const [first] = instruments;
  if (!first) return <NotFound />;
  return (
    <Paper
      title={
        form
          ? t('{short}, blank', { short: first.short })
          : t('Blank forms of {participant}', { participant })
      }
      about={t('{visit}, for a pen. What is on paper counts once it is entered.', {
        visit: visitLabel(view, visit),
      })}
      sheets={instruments.map((instrument) => ({
        ...sheetOf(instrument, participant, visitLabel(view, visit)),
        children: <PaperForm instrument={instrument} document={view.document} form={null} />,
      }))}
    />
  );
}

interface FilledProps {
  study: string;
  participant: string;
  visit: string;
  instrument: string;
}

/** A form as it is on the server, under the protocol version that it was begun under. */
function Filled(props: FilledProps) {
  const read = useEndpoint(readForm, { params: { ...props } });
  const view = useStudyUnder(read.data?.studyVersion);
  if (view.error) return <Refusal cause={view.error} retry={() => void view.refetch()} />;
  return (
    <Loaded of={read} label={t('the form')} rows={12}>
      {(form: FormView) =>
        view.data ? (
          <FilledPaper {...props} view={view.data} form={form} />
        ) : (
          <Late label={t('Loading the study')} rows={12} />
        )
      }
    </Loaded>
  );
}

function FilledPaper({ view, form, ...params }: FilledProps & { view: StudyView; form: FormView }) {
  const { study, participant, visit } = params;
  const signed = useEndpoint(participantSignatures, {
    params: { study, participant },
  }).data?.signatures.filter(({ forms }) =>
    forms.some((one) => one.visit === visit && one.instrument === params.instrument),
  );
  const instrument = view.instruments.find(({ id }) => id === params.instrument);
  if (!instrument) return <NotFound />;
  return (
    <Paper
      title={t('{short} of {participant}', { short: instrument.short, participant })}
      about={t('{visit}, as it is on the server.', { visit: visitLabel(view, visit) })}
      sheets={[
        {
          ...sheetOf(instrument, participant, visitLabel(view, visit)),
          version: t('{versionOf}, data version {version}{what}{what2}', {
            versionOf: versionOf(instrument),
            version: form.version,
            what: form.at ? t(', saved {at} by {by}', { at: fullStamp(form.at), by: form.by }) : '',
            what2: form.status === 'complete' ? '' : t(', not complete'),
          }),
          children: (
            <PaperForm instrument={instrument} document={view.document} form={form} signatures={signed} />
          ),
        },
      ]}
    />
  );
}

const versionOf = (instrument: InstrumentDocument) =>
  t('{short} version {version}', { short: instrument.short, version: instrument.version });

function sheetOf(
  instrument: InstrumentDocument,
  participant: string,
  visit: string,
): Omit<Sheet, 'children'> {
  return {
    key: instrument.id,
    name: `${instrument.short}, ${visit}`,
    subject: [{ label: t('Participant'), value: participant }],
    version: versionOf(instrument),
  };
}
