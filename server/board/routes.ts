import type { Response } from 'express';
import { addressOf } from '../accounts/origin.ts';
import { sendAttachment } from '../http/attachment.ts';
import { languageOf } from '../http/language.ts';
import { type Route, serve, serveFile } from '../http/serve.ts';
import { confirmBoard as confirm } from './confirm.ts';
import {
  type BoardFileName,
  closedFile,
  confirmBoard,
  openFile,
  openUnmasking,
  prepareSnapshot,
  readBoard,
  readBoardLog,
  readClosed,
  readOpen,
  requestUnmasking,
} from './contract.ts';
import { boardFile } from './file.ts';
import { readBoardLog as log } from './log.ts';
import { prepareSnapshot as prepare } from './prepare.ts';
import { readBoard as board } from './read.ts';
import { type Part, readReport } from './report.ts';
import { openUnmasking as openLetters, requestUnmasking as requestLetters } from './unmask.ts';

type Handler = Parameters<typeof serveFile<typeof openFile>>[1];

/** Names carry the study, the snapshot and which part; never an arm. */
const file =
  (part: Part): Handler =>
  async ({ services, caller, session }, { params }, response: Response) => {
    const { number, file } = params as { number: number; file: BoardFileName };
    const content = await boardFile(services, caller, session, {
      number,
      part,
      file,
      language: languageOf(response.req, caller.user),
    });
    const [name, ending] = file.split('.');
    sendAttachment(response, caller.study, `board-${number}-${part}-${name}`, ending!, content);
  };

export const boardRoutes: Route[] = [
  serve(readBoard, ({ services, caller, session }) => board(services, caller, session)),
  serve(prepareSnapshot, ({ services, caller }, { body }) => prepare(services, caller, body)),
  serve(confirmBoard, ({ services, caller, session }, { body }, response) =>
    confirm(services, caller, session, body, addressOf(services.config, response.req)),
  ),
  serve(readOpen, ({ services, caller, session }, { params, query }, response) =>
    readReport(services, caller, session, {
      number: params.number,
      part: 'open',
      layout: query.layout,
      language: languageOf(response.req, caller.user),
    }),
  ),
  serve(readClosed, ({ services, caller, session }, { params, query }, response) =>
    readReport(services, caller, session, {
      number: params.number,
      part: 'closed',
      layout: query.layout,
      language: languageOf(response.req, caller.user),
    }),
  ),
  serveFile(openFile, file('open')),
  serveFile(closedFile, file('closed')),
  serve(readBoardLog, ({ services, caller }) => log(services, caller)),
  serve(requestUnmasking, ({ services, caller, session }, { body }) =>
    requestLetters(services, caller, session, body),
  ),
  serve(openUnmasking, ({ services, caller, session }, { params }) =>
    openLetters(services, caller, session, params.unmasking),
  ),
];
