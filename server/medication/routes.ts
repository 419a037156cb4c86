import { type Route, serve } from '../http/serve.ts';
import { recordRoutes } from '../records/routes.ts';
import { addMedication as add } from './add.ts';
import {
  addMedication,
  correctMedication,
  listMedication,
  medicationVersions,
  strikeMedication,
} from './contract.ts';
import { medication } from './kind.ts';
import { listMedication as list } from './read.ts';

export const medicationRoutes: Route[] = [
  serve(listMedication, ({ services, caller }, { query }) => list(services, caller, query)),
  serve(addMedication, ({ services, caller }, { params, body }) =>
    add(services, caller, params.participant, body),
  ),
  ...recordRoutes(medication, {
    correct: correctMedication,
    strike: strikeMedication,
    versions: medicationVersions,
  }),
];
