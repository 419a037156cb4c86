import { type Route, serve, serveFile } from '../http/serve.ts';
import { randomise as allocate } from './allocate.ts';
import { enterBeacon as beacon, revealSecret as reveal } from './close.ts';
import {
  allocationLog,
  checkReadiness,
  correctStratum,
  enterBeacon,
  enterEnvelope,
  exportAllocations,
  printEmergencyList,
  randomise,
  readDesign,
  revealArm,
  revealSecret,
} from './contract.ts';
import { correctScreening } from './correct.ts';
import { printEmergencyList as emergencyList, enterEnvelope as envelope } from './emergency.ts';
import { exportAllocations as exported } from './exportLog.ts';
import { readDesign as design } from './readDesign.ts';
import { checkReadiness as check } from './readiness.ts';
import { revealArm as arm, allocationLog as log } from './slip.ts';

export const randomisationRoutes: Route[] = [
  serve(checkReadiness, ({ services, caller }, { params }) => check(services, caller, params.participant)),
  serve(randomise, ({ services, caller }, { params, body }) =>
    allocate(services, caller, params.participant, body),
  ),
  serve(revealArm, ({ services, caller }, { params }) => arm(services, caller, params.participant)),
  serve(allocationLog, ({ services, caller }, { query }) => log(services, caller, query)),
  serve(readDesign, ({ services, caller }) => design(services, caller)),
  serve(correctStratum, ({ services, caller }, { params, body }) =>
    correctScreening(services, caller, params.participant, body),
  ),
  serve(printEmergencyList, ({ services, caller }, { body }) => emergencyList(services, caller, body.count)),
  serve(enterEnvelope, ({ services, caller }, { params, body }) =>
    envelope(services, caller, params.participant, body),
  ),
  serve(enterBeacon, ({ services, caller }, { body }) => beacon(services, caller, body.value)),
  serve(revealSecret, ({ services, caller }, { body }) => reveal(services, caller, body)),
  serveFile(exportAllocations, async ({ services, caller }, _input, response) => {
    const content = await exported(services, caller);
    response.setHeader(
      'Content-Disposition',
      `attachment; filename="${caller.study.id}-allocation-log.json"`,
    );
    response.setHeader('Cache-Control', 'no-store');
    response.json(content);
  }),
];
