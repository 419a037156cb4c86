import { IconClipboardCheck } from '@tabler/icons-react';
import type { ParticipantView } from '../../server/participants/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { siteName } from '../parts/naming.ts';
import { fullDay } from '../time.ts';
import { FactBox } from './FactBox.tsx';
import { StepCard } from './StepCard.tsx';

/** What screening recorded. */
export function Screened({
  study,
  person,
  takesFocus,
}: {
  study: StudyView;
  person: ParticipantView;
  takesFocus: boolean;
}) {
  const facts = study.document.screening.fields.map((field) => {
    const value = person.values[field.id];
    const words =
      value === undefined
        ? 'Not recorded'
        : field.kind === 'choice'
          ? (field.options.find((option) => option.value === value)?.label ?? String(value))
          : `${value}${field.unit ? ` ${field.unit}` : ''}`;
    return { label: field.label, value: words };
  });
  return (
    <StepCard
      title={`Screening of ${person.code}`}
      lead="Recorded when the person was registered."
      takesFocus={takesFocus}
    >
      <FactBox
        title="Recorded"
        icon={<IconClipboardCheck className="ic" aria-hidden />}
        facts={[
          { label: 'Participant', value: <span className="code">{person.code}</span> },
          { label: 'Site', value: siteName(study, person.site) },
          { label: 'Screened', value: fullDay(person.screenedOn) },
          ...facts,
        ]}
      />
    </StepCard>
  );
}
