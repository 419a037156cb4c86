import type { Response } from 'express';
import { sendAttachment } from '../http/attachment.ts';
import { type Route, serveFile } from '../http/serve.ts';
import { consortPaper } from './consort/paper.ts';
import { noteTaken } from './consort/taken.ts';
import { takeConsort } from './contract.ts';
import { paperHtml } from './paper.ts';
import { printPdf } from './pdf.ts';

export const reportRoutes: Route[] = [
  serveFile(takeConsort, async ({ services, caller }, { params }, response: Response) => {
    const html = await paperHtml(await consortPaper(services, caller));
    const asPdf = params.paper === 'consort.pdf';
    const content = asPdf
      ? await printPdf(services.config, html, (said) => services.log.warn({ said }, 'chromium did not print'))
      : html;
    await noteTaken(services, caller, params.paper);
    sendAttachment(response, caller.study, 'consort', asPdf ? 'pdf' : 'html', content);
  }),
];
