import { type Route, serve } from '../http/serve.ts';
import { readStudy } from './contract.ts';
import { viewStudy } from './view.ts';

export const studyRoutes: Route[] = [serve(readStudy, async ({ caller }) => viewStudy(caller))];
