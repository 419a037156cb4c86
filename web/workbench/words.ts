import type { RunView } from '../../server/analyses/runs/contract.ts';
import { t } from '../language/t.ts';

export const dataStates: Record<RunView['dataState'], string> = {
  open: t('open to changes'),
  'partly-locked': t('partly locked'),
  frozen: t('frozen'),
  locked: t('locked'),
};

export const statuses: Record<RunView['status'], string> = {
  running: t('under way'),
  done: t('done'),
  failed: t('failed'),
  cancelled: t('cancelled'),
  interrupted: t('interrupted'),
};
