import type { readWorklist } from '../../../server/visits/contract.ts';
import type { Reply } from '../../api.ts';

export type Worklist = Reply<typeof readWorklist>;
export type worklistRecruitment = Worklist['recruitment'];
export type MyQuery = Worklist['queries'][number];
