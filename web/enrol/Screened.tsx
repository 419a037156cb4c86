import { IconClipboardCheck } from '@tabler/icons-react';
import type { ParticipantView } from '../../server/participants/contract.ts';
import type { StudyView } from '../../server/studies/contract.ts';
import { t } from '../language/t.ts';
import { siteName } from '../parts/naming.ts';
import { fullDay } from '../time.ts';
import { CorrectAnswers } from './CorrectAnswers.tsx';
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
        ? t('Not recorded')
        : field.kind === 'choice'
          ? (field.options.find((option) => option.value === value)?.label ?? String(value))
          : `${value}${field.unit ? ` ${field.unit}` : ''}`;
    return { label: field.label, value: words };
  });
  return (
    <StepCard
      title={t('Screening of {code}', { code: person.code })}
      lead={t('Recorded when the person was registered.')}
      takesFocus={takesFocus}
    >
      <FactBox
        title={t('Recorded')}
        icon={<IconClipboardCheck className="ic" aria-hidden />}
        facts={[
          { label: t('Participant'), value: <span className="code">{person.code}</span> },
          { label: t('Site'), value: siteName(study, person.site) },
          { label: t('Screened'), value: fullDay(person.screenedOn) },
          ...facts,
        ]}
      />
      <CorrectAnswers person={person} />
    </StepCard>
  );
}
