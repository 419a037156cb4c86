import { IconBan, IconCircleCheck, IconMessage2, IconMessageReply } from '@tabler/icons-react';
import type { QueryView } from '../../../server/queries/contract.ts';
import { t } from '../../language/t.ts';

const faces = {
  open: { icon: IconMessage2, word: t('Open', { sense: 'state' }), tone: 'wrn' },
  answered: { icon: IconMessageReply, word: t('Answered'), tone: 'ok' },
  closed: { icon: IconCircleCheck, word: t('Closed'), tone: 'no' },
  cancelled: { icon: IconBan, word: t('Cancelled'), tone: 'no' },
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
