import { IconLock, IconSnowflake } from '@tabler/icons-react';
import type { Scope } from '../../server/locks/contract.ts';
import { rich } from '../language/rich.ts';
import { t } from '../language/t.ts';
import { fullStamp } from '../time.ts';
import css from './locking.module.css';
import { useHolds } from './useHolds.ts';

interface Props {
  participant: string;
  /** Left out: the participant as a whole, with whatever part of them is held. */
  visit?: string;
  instrument?: string;
}

const levels: Record<Scope['level'], string> = {
  study: t('the study'),
  site: t('the site'),
  participant: t('the participant'),
  visit: t('the visit'),
  form: t('the form'),
};

/** What is frozen or locked here: who did it, when, at which level and why. Nothing where nothing is. */
export function HoldNotice({ participant, visit, instrument }: Props) {
  const here = useHolds({ participant, visit, instrument });
  return here.map((hold) => {
    const locked = hold.kind === 'locked';
    const Icon = locked ? IconLock : IconSnowflake;
    return (
      <div key={hold.id} className={`note ${css.notice}`} role="note" data-hold={hold.kind}>
        <Icon className="ic" aria-hidden />
        <div className="grow">
          {rich('<b>{what}: {label}</b> ({levels}), by {by}, {at}. {reason}.', {
            what: locked ? t('Locked') : t('Frozen'),
            label: hold.label,
            levels: levels[hold.scope.level],
            by: hold.by,
            at: fullStamp(hold.at),
            reason: hold.reason,
          })}{' '}
          {locked
            ? t('Nothing can be written; the owner of the study can unlock it.')
            : t('Answers can’t be changed; queries can be answered. A data manager can unfreeze it.')}
        </div>
      </div>
    );
  });
}
