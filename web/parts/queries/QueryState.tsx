import { IconBan, IconCircleCheck, IconMessage2, IconMessageReply } from '@tabler/icons-react';
import type { QueryView } from '../../../server/queries/contract.ts';

const faces = {
  open: { icon: IconMessage2, word: 'Open', tone: 'wrn' },
  answered: { icon: IconMessageReply, word: 'Answered', tone: 'ok' },
  closed: { icon: IconCircleCheck, word: 'Closed', tone: 'no' },
  cancelled: { icon: IconBan, word: 'Cancelled', tone: 'no' },
} as const;

export function QueryState({ status }: { status: QueryView['status'] }) {
  const { icon: Icon, word, tone } = faces[status];
  return (
    <span className={`st ${tone}`}>
      <Icon className="ic" aria-hidden />
      {word}
    </span>
  );
}
