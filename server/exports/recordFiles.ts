import type { Caller } from '../services.ts';
import { deviationsFile } from './deviations.ts';
import { eventsFile } from './events.ts';
import { harmsFile } from './harms.ts';
import { medicationFile } from './medication.ts';
import type { RecordFile } from './recordFile.ts';
import { sessionsFile } from './sessions.ts';

/** Every file of records that there is. */
export const recordFiles = {
  harms: harmsFile,
  deviations: deviationsFile,
  medication: medicationFile,
  sessions: sessionsFile,
  events: eventsFile,
};

/** Those that may leave with the caller. */
export const recordFilesFor = (caller: Caller): RecordFile[] =>
  (Object.values(recordFiles) as unknown as RecordFile[]).filter(({ source }) => !source.isKept(caller));
