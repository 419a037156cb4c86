import { sendReceived } from '../http/received.ts';
import { type Route, serve, serveFile } from '../http/serve.ts';
import { activateVersion as activate, approveVersion as approve } from './activate.ts';
import { attachApproval as attach, readApprovalDocument } from './approvals/attach.ts';
import { attachApproval, downloadApproval, readSource } from './approvals/contract.ts';
import {
  activateVersion,
  approveVersion,
  checkAmendment,
  listVersions,
  readStudy,
  recordAmendment,
} from './contract.ts';
import {
  checkAmendment as check,
  listVersions as list,
  recordAmendment as record,
  sourceOf,
} from './versions.ts';
import { viewStudy } from './view.ts';

export const studyRoutes: Route[] = [
  serve(readStudy, async ({ caller }, { query }) => viewStudy(caller, query.version)),
  serve(listVersions, async ({ services, caller }) => ({ versions: await list(services, caller) })),
  serve(checkAmendment, ({ services, caller }, { body }) => check(services, caller, body)),
  serve(recordAmendment, ({ services, caller }, { body }) => record(services, caller, body)),
  serve(approveVersion, ({ services, caller }, { params, body }) =>
    approve(services, caller, Number(params.number), body),
  ),
  serve(activateVersion, ({ services, caller }, { params, body }) =>
    activate(services, caller, Number(params.number), body.sites),
  ),
  serve(attachApproval, ({ services, caller }, { params, body }) =>
    attach(services, caller, { site: params.site, number: Number(params.number) }, body),
  ),
  serveFile(downloadApproval, async ({ services, caller }, { params }, response) => {
    const { site, number, document: id } = params;
    sendReceived(
      response,
      await readApprovalDocument(services, caller, { site, number: Number(number), id }),
    );
  }),
  serve(readSource, ({ services, caller }, { params }) => sourceOf(services, caller, Number(params.number))),
];
