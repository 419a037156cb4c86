import { type Route, serve } from '../http/serve.ts';
import { listAudit } from './contract.ts';
import { listAudit as list } from './list.ts';

export const auditRoutes: Route[] = [
  serve(listAudit, ({ services, caller }, { query }) => list(services, caller, query)),
];
