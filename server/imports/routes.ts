import { type Route, serve } from '../http/serve.ts';
import { runImport as contract } from './contract.ts';
import { runImport } from './run.ts';

export const importRoutes: Route[] = [
  serve(contract, ({ services, caller }, { body }) => {
    const { csv, mapping, key, file, dryRun } = body;
    return runImport(services, caller, csv, mapping, { key, file, dryRun });
  }),
];
