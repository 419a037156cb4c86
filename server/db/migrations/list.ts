import type { Migration } from 'kysely';
import * as accounts from './0001-accounts.ts';
import * as studies from './0002-studies.ts';
import * as participants from './0003-participants.ts';
import * as randomisation from './0004-randomisation.ts';
import * as forms from './0005-forms.ts';
import * as audit from './0006-audit.ts';
import * as allocationService from './0007-allocation-service.ts';
import * as therapyGroups from './0008-therapy-groups.ts';
import * as reasonsAndFiles from './0009-reasons-and-files.ts';
import * as oversight from './0010-oversight.ts';
import * as events from './0011-events.ts';
import * as accountSecurity from './0012-account-security.ts';
import * as identities from './0013-identities-and-audit-reviews.ts';
import * as protocolVersions from './0014-protocol-versions.ts';
import * as queriesAndSecondEntries from './0015-queries-and-second-entries.ts';
import * as visitTallies from './0017-visit-tallies.ts';
import * as analysisRuns from './0018-analysis-runs.ts';
import * as monitoringBoard from './0021-monitoring-board.ts';
import * as lotsAndApprovalDocuments from './0022-lots-and-approval-documents.ts';
import * as languageOfAccounts from './0025-language-of-accounts.ts';

/** In the order of their numbers. One that has been released is never changed: a later one corrects it. */
export const migrations: Record<string, Migration> = {
  '0001-accounts': accounts,
  '0002-studies': studies,
  '0003-participants': participants,
  '0004-randomisation': randomisation,
  '0005-forms': forms,
  '0006-audit': audit,
  '0007-allocation-service': allocationService,
  '0008-therapy-groups': therapyGroups,
  '0009-reasons-and-files': reasonsAndFiles,
  '0010-oversight': oversight,
  '0011-events': events,
  '0012-account-security': accountSecurity,
  '0013-identities-and-audit-reviews': identities,
  '0014-protocol-versions': protocolVersions,
  '0015-queries-and-second-entries': queriesAndSecondEntries,
  '0017-visit-tallies': visitTallies,
  '0018-analysis-runs': analysisRuns,
  '0021-monitoring-board': monitoringBoard,
  '0022-lots-and-approval-documents': lotsAndApprovalDocuments,
  '0025-language-of-accounts': languageOfAccounts,
};
