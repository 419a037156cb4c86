import { sendReceived } from '../http/received.ts';
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
    sendReceived(response, await readFile(services, caller, params));
  }),
  serve(formVersions, ({ services, caller }, { params }) => readVersions(services, caller, params)),
];
