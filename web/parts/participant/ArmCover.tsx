import { IconEyeOff } from '@tabler/icons-react';
import { readHistory } from '../../../server/participants/contract.ts';
import { revealArm } from '../../../server/randomisation/contract.ts';
import { useCall } from '../../api.ts';
import { said } from '../../language/served.ts';
import { t } from '../../language/t.ts';
import { useStudyId } from '../../session.ts';
import { Refusal } from '../Refusal.tsx';

/** The arm lies covered until it is asked for; the asking is logged, and leaving the page covers it again. */
export function ArmCover({ participant, mayReveal }: { participant: string; mayReveal: boolean }) {
  const study = useStudyId();
  const reveal = useCall(revealArm, { invalidates: [readHistory] });
  const slip = reveal.data;
  if (slip) {
    return (
      <>
        <span className="tag line" role="status">
          {said(slip.arm.short)}, {said(slip.arm.name)}
        </span>
        <button type="button" className="btn quiet sm" onClick={() => reveal.reset()}>
          {t('Cover')}
        </button>
      </>
    );
  }
  return (
    <>
      <span className="tag line">
        <IconEyeOff className="ic" aria-hidden />
        {t('Arm covered')}
      </span>
      {mayReveal && (
        <button
          type="button"
          className="btn quiet sm"
          disabled={reveal.isPending}
          onClick={() => reveal.mutate({ params: { study, participant } })}
        >
          {t('Show (logged)')}
        </button>
      )}
      <Refusal cause={reveal.error} />
    </>
  );
}
