import type { Response } from 'express';
import { sendAttachment } from '../http/attachment.ts';
import { languageOf } from '../http/language.ts';
import { type Route, serveFile } from '../http/serve.ts';
import { figureWords } from '../results/words.ts';
import { consortPaper } from './consort/paper.ts';
import { noteTaken } from './consort/taken.ts';
import { takeConsort } from './contract.ts';
import { paperIn } from './localised.ts';
import { paperHtml } from './paper.ts';
import { printPdf } from './pdf.ts';

export const reportRoutes: Route[] = [
  serveFile(takeConsort, async ({ services, caller }, { params, query }, response: Response) => {
    const english = await consortPaper(services, caller);
    const say = figureWords(caller.study, query.language ?? languageOf(response.req, caller.user));
    const html = await paperHtml(say ? paperIn(english, say, ['Made by', 'Registration']) : english);
    const asPdf = params.paper === 'consort.pdf';
    const content = asPdf
      ? await printPdf(services.config, html, (said) => services.log.warn({ said }, 'chromium did not print'))
      : html;
    await noteTaken(services, caller, params.paper);
    sendAttachment(response, caller.study, 'consort', asPdf ? 'pdf' : 'html', content);
  }),
];
