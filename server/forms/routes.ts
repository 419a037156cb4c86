import { type Route, serve } from '../http/serve.ts';
import { formVersions, readForm, saveForm } from './contract.ts';
import { readForm as read, readVersions } from './read.ts';
import { saveForm as save } from './save.ts';

export const formRoutes: Route[] = [
  serve(readForm, ({ services, caller }, { params }) => read(services, caller, params)),
  serve(saveForm, ({ services, caller }, { params, body }) => save(services, caller, params, body)),
  serve(formVersions, ({ services, caller }, { params }) => readVersions(services, caller, params)),
];
