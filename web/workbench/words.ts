import type { RunView } from '../../server/analyses/runs/contract.ts';

export const dataStates: Record<RunView['dataState'], string> = {
  open: 'open to changes',
  'partly-locked': 'partly locked',
  frozen: 'frozen',
  locked: 'locked',
};

export const statuses: Record<RunView['status'], string> = {
  running: 'under way',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  interrupted: 'interrupted',
};
