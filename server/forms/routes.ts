import { type Route, serve, serveFile } from '../http/serve.ts';
import { downloadFile, formVersions, readForm, saveForm, uploadFile } from './contract.ts';
import { readFile, uploadFile as upload } from './files.ts';
import { readForm as read, readVersions } from './read.ts';
import { saveForm as save } from './save.ts';

export const formRoutes: Route[] = [
  serve(readForm, ({ services, caller }, { params }) => read(services, caller, params)),
  serve(saveForm, ({ services, caller }, { params, body }) => save(services, caller, params, body)),
  serve(uploadFile, ({ services, caller }, { params, body }) => upload(services, caller, params, body)),
  serveFile(downloadFile, async ({ services, caller }, { params }, response) => {
    const file = await readFile(services, caller, params);
    // As a download of bytes: a browser never shows what somebody uploaded as a page of this server.
    response.setHeader('Content-Type', 'application/octet-stream');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader(
      'Content-Disposition',
      `attachment; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}`,
    );
    response.end(file.content);
  }),
  serve(formVersions, ({ services, caller }, { params }) => readVersions(services, caller, params)),
];
