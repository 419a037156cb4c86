/**
 * The door of the randomisation rules: exact, reproducible, and pure. Nothing here knows a clock, a file, a database
 * or any chance but the generator it is given, and nothing needs more than the language: it runs in a browser too.
 */
export { type Allocation, allocate, type Basis, decide } from './allocate.ts';
export { canonicalDesign, canonicalJson, type Exact } from './canonical.ts';
export { checkDesign } from './check.ts';
export { commitment, designHash, generatorFor, seedFor } from './commitment.ts';
export { type ConsortFacts, type ConsortItem, consortItems } from './consort.ts';
export { type Design, type Distance, type Factors, type Scheme, stratumKey } from './design.ts';
export { drawInteger, drawWeighted, type RandomSource } from './draw.ts';
export { type Envelope, emergencyList } from './emergency.ts';
export { nextEpoch, openBlocks, type RetiredBlock } from './epoch.ts';
export { RandomisationError } from './errors.ts';
export { designOf, siteFactorOf } from './fromStudy.ts';
export { HmacDrbg } from './hmacDrbg.ts';
export { type ListUse, listUse } from './listUse.ts';
export {
  armCommitment,
  chainStart,
  correctionEntry,
  countsHash,
  detailsCommitment,
  entryHash,
  entryKey,
  type LogDetails,
  type LogEntry,
  type LogHeader,
  logEntry,
  outsideEntry,
  type Place,
  placeCommitment,
  type Source,
  withoutDetails,
} from './log/entry.ts';
export {
  type EpochRecord,
  type ExportedEntry,
  type ExportedEpoch,
  type ExportedLog,
  exportLog,
} from './log/export.ts';
export { fromCounts, type PlainCounts } from './plainCounts.ts';
export { type ArmScore, type Score, score } from './score.ts';
export { armsOfStages, type Placed, rerandomiser, type Stage } from './simulation/rerandomise.ts';
export { type SimulationOptions, type SimulationResult, simulate } from './simulation/simulate.ts';
export type { Summary } from './simulation/tally.ts';
export { warnings } from './simulation/warnings.ts';
export {
  begin,
  correct,
  type Details,
  type HistoryEntry,
  record,
  replay,
  type State,
  slotFor,
} from './state.ts';
