import type { readHistory } from '../../../server/participants/contract.ts';
import type { Reply } from '../../api.ts';

export type { ParticipantView } from '../../../server/participants/contract.ts';
export type HistoryEntry = Reply<typeof readHistory>['entries'][number];
