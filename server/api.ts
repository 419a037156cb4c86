import * as accounts from './accounts/contract.ts';
import * as factor from './accounts/factor/contract.ts';
import * as forgotten from './accounts/forgotten/contract.ts';
import * as invitations from './accounts/invitations/contract.ts';
import * as accountLog from './accounts/log/contract.ts';
import * as sessions from './accounts/sessions/contract.ts';
import * as analysisRuns from './analyses/runs/contract.ts';
import * as audit from './audit/contract.ts';
import * as board from './board/contract.ts';
import * as changes from './changes/contract.ts';
import * as consent from './consent/contract.ts';
import * as deviations from './deviations/contract.ts';
import * as doubleEntry from './doubleEntry/contract.ts';
import * as events from './events/contract.ts';
import * as exports from './exports/contract.ts';
import * as forms from './forms/contract.ts';
import * as groups from './groups/contract.ts';
import * as harms from './harms/contract.ts';
import type { Endpoint } from './http/endpoint.ts';
import * as identity from './identity/contract.ts';
import * as imports from './imports/contract.ts';
import * as locks from './locks/contract.ts';
import * as medication from './medication/contract.ts';
import * as participants from './participants/contract.ts';
import * as queries from './queries/contract.ts';
import * as randomisation from './randomisation/contract.ts';
import * as reports from './reports/contract.ts';
import * as results from './results/contract.ts';
import * as therapySessions from './sessions/contract.ts';
import * as signatures from './signatures/contract.ts';
import * as approvals from './studies/approvals/contract.ts';
import * as studies from './studies/contract.ts';
import * as unblinding from './unblinding/contract.ts';
import * as verification from './verification/contract.ts';
import * as calendars from './visits/calendar/contract.ts';
import * as visits from './visits/contract.ts';

/** Every endpoint of the server: what isn't here can't be called. */
export const endpoints: readonly Endpoint[] = [
  accounts,
  factor,
  forgotten,
  invitations,
  sessions,
  accountLog,
  studies,
  approvals,
  participants,
  events,
  harms,
  deviations,
  medication,
  consent,
  identity,
  randomisation,
  unblinding,
  groups,
  therapySessions,
  visits,
  calendars,
  forms,
  queries,
  doubleEntry,
  locks,
  signatures,
  verification,
  audit,
  results,
  changes,
  analysisRuns,
  board,
  reports,
  exports,
  imports,
].flatMap((contract) => Object.values(contract).filter(isEndpoint));

function isEndpoint(value: unknown): value is Endpoint {
  return (
    typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'access' in value
  );
}
