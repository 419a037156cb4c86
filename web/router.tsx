import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  stringifySearchWith,
} from '@tanstack/react-router';
import { t } from './language/t.ts';
import { Landing } from './pages/Landing.tsx';
import { Crash } from './parts/Crash.tsx';
import { Gate } from './parts/Gate.tsx';
import { NotFound, NotFoundPage } from './parts/NotFound.tsx';
import { reached } from './parts/reached.ts';
import { Shell } from './parts/Shell.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The page's name in the path at the top and in the window's title. */
    title?: string;
  }
  interface Register {
    router: typeof router;
  }
}

/** Every search parameter is text; a page reads those that it knows. */
export type Search = Record<string, string | undefined>;
const search = (given: Record<string, unknown>): Search =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: Crash });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: search,
  component: lazyRouteComponent(() => import('./pages/SignIn.tsx')),
  staticData: { title: t('Sign in') },
});
const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('./pages/Setup.tsx')),
  staticData: { title: t('Set up') },
});
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./pages/Invitation.tsx')),
  staticData: { title: t('Invitation') },
});
const newPassword = createRoute({
  getParentRoute: () => root,
  path: '/new-password',
  component: lazyRouteComponent(() => import('./pages/NewPassword.tsx')),
  staticData: { title: t('New password') },
});
const reference = createRoute({
  getParentRoute: () => root,
  path: '/api-reference',
  component: lazyRouteComponent(() => import('./pages/Api.tsx')),
  staticData: { title: t('API reference') },
});

const gate = createRoute({ getParentRoute: () => root, id: 'gate', component: Gate });
const landing = createRoute({ getParentRoute: () => gate, path: '/', component: Landing });
const shell = createRoute({ getParentRoute: () => gate, path: '/s/$study', component: Shell });

/** A page inside the shell; its code is loaded when it is first opened. */
const page = <Path extends string>(
  path: Path,
  title: string,
  load: () => Promise<{ default: () => React.ReactNode }>,
) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    validateSearch: search,
    component: lazyRouteComponent(reached(load)),
    staticData: { title },
  });

const tree = root.addChildren([
  signIn,
  setup,
  invitation,
  newPassword,
  reference,
  gate.addChildren([
    landing,
    shell.addChildren([
      createRoute({ getParentRoute: () => shell, path: '/', component: Landing }),
      page('worklist', t('Worklist'), () => import('./pages/Worklist.tsx')),
      page('participants', t('Participants'), () => import('./pages/Participants.tsx')),
      page('participants/$participant', t('Participants'), () => import('./pages/Participant.tsx')),
      page(
        'participants/$participant/$visit/$instrument',
        t('Participants'),
        () => import('./pages/FormEntry.tsx'),
      ),
      page('print/visits', t('Worklist'), () => import('./pages/PrintVisits.tsx')),
      page('print/$participant/$visit', t('Participants'), () => import('./pages/PrintForms.tsx')),
      page('enrol', t('Enrol'), () => import('./pages/Enrol.tsx')),
      page('enrol/$participant', t('Enrol'), () => import('./pages/Enrol.tsx')),
      page('harms', t('Adverse events'), () => import('./pages/Harms.tsx')),
      page('deviations', t('Deviations'), () => import('./pages/Deviations.tsx')),
      page('queries', t('Queries'), () => import('./pages/Queries.tsx')),
      page('double-entry', t('Double entry'), () => import('./pages/DoubleEntry.tsx')),
      page(
        'double-entry/$participant/$visit/$instrument',
        t('Double entry'),
        () => import('./pages/Adjudication.tsx'),
      ),
      page(
        'double-entry/$participant/$visit/$instrument/second',
        t('Double entry'),
        () => import('./pages/SecondEntry.tsx'),
      ),
      page('protocol', t('Protocol'), () => import('./pages/Protocol.tsx')),
      page('visits', t('Visits'), () => import('./pages/Visits.tsx')),
      page('print/visit-status', t('Visits'), () => import('./pages/PrintVisitStatus.tsx')),
      page('groups', t('Groups'), () => import('./pages/Groups.tsx')),
      page('results', t('Results'), () => import('./pages/Results.tsx')),
      page('workbench', t('Workbench'), () => import('./pages/Workbench.tsx')),
      page('exports', t('Exports'), () => import('./pages/Exports.tsx')),
      page('import', t('Import'), () => import('./pages/Imports.tsx')),
      page('locking', t('Locking'), () => import('./pages/Locking.tsx')),
      page('board', t('Monitoring board'), () => import('./pages/Board.tsx')),
      page('signatures', t('Signatures'), () => import('./pages/Signatures.tsx')),
      page('verification', t('Source verification'), () => import('./pages/Verification.tsx')),
      page('audit', t('Audit trail'), () => import('./pages/Audit.tsx')),
      page('audit-reviews', t('Audit reviews'), () => import('./pages/AuditReviews.tsx')),
      page('identities', t('Identities'), () => import('./pages/Identities.tsx')),
      page('people', t('People'), () => import('./pages/People.tsx')),
      page('account-log', t('Account log'), () => import('./pages/AccountLog.tsx')),
      page('access', t('Access matrix'), () => import('./pages/Access.tsx')),
      page('account', t('Your account'), () => import('./pages/Account.tsx')),
      page('randomisation', t('Randomisation'), () => import('./pages/Randomisation.tsx')),
      page('simulator', t('Simulator'), () => import('./pages/Simulator.tsx')),
      page('unblinding', t('Unblinding'), () => import('./pages/Unblinding.tsx')),
    ]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
  // Text in, text out: `?site=lohja&find=0118`, without quotes around what looks like a number.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
});
