import {
  type IconCircle,
  IconCircleCheck,
  IconCircleMinus,
  IconCircleX,
  IconClipboardCheck,
  IconFileCheck,
  IconUserSearch,
} from '@tabler/icons-react';
import type { ParticipantStatus } from '../../server/participants/contract.ts';
import { statusTone, statusWord } from './status.ts';

const icons: Record<ParticipantStatus, typeof IconCircle> = {
  screening: IconUserSearch,
  excluded: IconCircleMinus,
  eligible: IconClipboardCheck,
  consented: IconFileCheck,
  randomised: IconCircleCheck,
  completed: IconCircleCheck,
  withdrawn: IconCircleX,
};

/** A participant's status: icon, word and tone. As a tag in a header, bare in a table. */
export function StatusTag({ status, bare = false }: { status: ParticipantStatus; bare?: boolean }) {
  const Icon = icons[status];
  const tone = statusTone[status];
  return (
    <span className={bare ? `st ${tone || 'no'}` : `tag ${tone}`}>
      <Icon className="ic" aria-hidden />
      {statusWord[status]}
    </span>
  );
}
