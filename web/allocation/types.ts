import type { printEmergencyList, readDesign } from '../../server/randomisation/contract.ts';
import type { Reply } from '../api.ts';

export type DesignView = Reply<typeof readDesign>;
export type EpochView = DesignView['epochs'][number];
export type EnvelopeList = Reply<typeof printEmergencyList>;
