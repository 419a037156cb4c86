import type { RunView } from '../../server/analyses/runs/contract.ts';
import { t } from '../language/t.ts';

export const dataStates: Record<RunView['dataState'], string> = {
  open: t('open to changes'),
  'partly-locked': t('partly locked'),
  frozen: 'frozen',
  locked: 'locked',
};

export const statuses: Record<RunView['status'], string> = {
  running: t('under way'),
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};
