import type { Response } from 'express';
import { type Route, serve, serveFile } from '../http/serve.ts';
import type { Caller, Services } from '../services.ts';
import {
  exportDeviations,
  exportDictionary,
  exportEvents,
  exportHarms,
  exportLong,
  exportMedication,
  exportSessions,
  exportWide,
  listExports,
} from './contract.ts';
import { fileName } from './fileName.ts';
import { listFiles } from './list.ts';
import type { RecordFile } from './recordFile.ts';
import { recordFiles } from './recordFiles.ts';
import { writeDictionary, writeLong, writeRecords, writeWide } from './write.ts';

type Write = (services: Services, caller: Caller, sink: Response) => Promise<unknown>;

/** A reader that takes nothing for so long is let go: while it lasts, an export holds one of the database's connections. */
const STALLED_MS = 60_000;

const sendAs =
  (kind: string, write: Write) =>
  async (
    { services, caller }: { services: Services; caller: Caller },
    _input: unknown,
    response: Response,
  ) => {
    response.setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${fileName(services, caller.study, kind)}"`,
    );
    response.setHeader('Cache-Control', 'no-store');
    response.setTimeout(STALLED_MS, () => response.destroy());
    try {
      await write(services, caller, response);
    } catch (error) {
      if (!response.headersSent)
        for (const name of ['Content-Type', 'Content-Disposition']) response.removeHeader(name);
      throw error;
    }
    response.end();
  };

const records =
  <Content, Extra>(file: RecordFile<Content, Extra>): Write =>
  (services, caller, sink) =>
    writeRecords(services, caller, file, sink);

export const exportRoutes: Route[] = [
  serve(listExports, ({ services, caller }) => listFiles(services, caller)),
  serveFile(exportLong, sendAs('long', writeLong)),
  serveFile(exportWide, sendAs('wide', writeWide)),
  serveFile(exportHarms, sendAs('harms', records(recordFiles.harms))),
  serveFile(exportDeviations, sendAs('deviations', records(recordFiles.deviations))),
  serveFile(exportMedication, sendAs('medication', records(recordFiles.medication))),
  serveFile(exportSessions, sendAs('sessions', records(recordFiles.sessions))),
  serveFile(exportEvents, sendAs('events', records(recordFiles.events))),
  serveFile(exportDictionary, sendAs('dictionary', writeDictionary)),
];
