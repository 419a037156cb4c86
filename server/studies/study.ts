import type { InstrumentDocument } from '../instruments/document.ts';
import type { StudyDocument } from './document.ts';

/** One version of the protocol with its instruments. Neither ever changes. */
export interface ProtocolVersion {
  version: number;
  hash: string;
  activatedAt: string;
  document: StudyDocument;
  instruments: ReadonlyMap<string, InstrumentDocument>;
}

/**
 * A study under one version of its protocol. As it is loaded that is the newest version in force anywhere, which
 * decides what can't differ between sites; `studyAt` gives the study as a site works under it.
 */
export interface Study extends ProtocolVersion {
  id: string;
  synthetic: boolean;
  syntheticNote: string | null;
  changedAt: string;
  /** Every version that is or was in force somewhere, by number. */
  versions: ReadonlyMap<number, ProtocolVersion>;
  /** Site → the number of the version that is active there. */
  siteVersions: ReadonlyMap<string, number>;
}
