import type { AccountTables } from './tables/accounts.ts';
import type { AnalysisTables } from './tables/analyses.ts';
import type { BoardTables } from './tables/board.ts';
import type { DoubleEntryTables } from './tables/doubleEntry.ts';
import type { EventTables } from './tables/events.ts';
import type { FormTables } from './tables/forms.ts';
import type { IdentityTables } from './tables/identities.ts';
import type { OversightTables } from './tables/oversight.ts';
import type { ParticipantTables } from './tables/participants.ts';
import type { PlatformTables } from './tables/platform.ts';
import type { QueryTables } from './tables/queries.ts';
import type { RandomisationTables } from './tables/randomisation.ts';
import type { StudyTables } from './tables/studies.ts';
import type { TreatmentTables } from './tables/treatment.ts';
import type { VisitTables } from './tables/visits.ts';

/**
 * Tables as kysely types. Portable between SQLite and PostgreSQL: text, integer and JSON kept as text;
 * instants are ISO 8601 in UTC, days YYYY-MM-DD, booleans 0 or 1.
 */
export interface Tables
  extends StudyTables,
    ParticipantTables,
    RandomisationTables,
    IdentityTables,
    TreatmentTables,
    VisitTables,
    FormTables,
    EventTables,
    QueryTables,
    DoubleEntryTables,
    OversightTables,
    BoardTables,
    AnalysisTables,
    AccountTables,
    PlatformTables {}
