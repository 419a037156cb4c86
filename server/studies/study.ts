import type { InstrumentDocument } from '../instruments/document.ts';
import type { StudyDocument } from './document.ts';

/** A study with the version of its document that is in force. */
export interface Study {
  id: string;
  synthetic: boolean;
  syntheticNote: string | null;
  changedAt: string;
  version: number;
  hash: string;
  activatedAt: string;
  document: StudyDocument;
  instruments: ReadonlyMap<string, InstrumentDocument>;
}
