import type { ColumnType, Generated } from 'kysely';

/**
 * Tables as kysely types. Portable between SQLite and PostgreSQL: text, integer and JSON kept as text;
 * instants are ISO 8601 in UTC, days YYYY-MM-DD, booleans 0 or 1.
 */
type Json = string;
type Flag = 0 | 1;
/** Written once. */
type Fixed<T> = ColumnType<T, T, never>;

export interface Tables {
  study: {
    id: Fixed<string>;
    code: string;
    synthetic: Flag;
    synthetic_note: string | null;
    created_at: Fixed<string>;
    /** Raised by each write to the study's data; dashboards and exports say as of when. */
    changed_at: string;
  };
  study_version: {
    study_id: Fixed<string>;
    number: Fixed<number>;
    document: Fixed<Json>;
    hash: Fixed<string>;
    /** The instrument documents that the version was activated with. */
    instruments: Fixed<Json>;
    /** When the version was put on record. */
    activated_at: Fixed<string>;
    activated_by: Fixed<string | null>;
    /** 0: in force at every site from then on. 1: at a site once it is activated there. */
    per_site: Fixed<Flag | undefined>;
  };
  /** A site's approval of a protocol version; append-only. */
  site_approval: {
    study_id: Fixed<string>;
    number: Fixed<number>;
    site: Fixed<string>;
    committee: Fixed<string>;
    reference: Fixed<string>;
    decided_on: Fixed<string>;
    recorded_at: Fixed<string>;
    recorded_by: Fixed<string>;
  };
  /** Append-only: papers that prove a site's approval. */
  approval_document: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    number: Fixed<number>;
    site: Fixed<string>;
    name: Fixed<string>;
    type: Fixed<string>;
    size: Fixed<number>;
    sha256: Fixed<string>;
    content: Fixed<Buffer>;
    uploaded_at: Fixed<string>;
    uploaded_by: Fixed<string>;
  };
  /** From when a version with `per_site` is in force at a site; append-only. */
  site_activation: {
    study_id: Fixed<string>;
    number: Fixed<number>;
    site: Fixed<string>;
    activated_at: Fixed<string>;
    activated_by: Fixed<string>;
  };
  membership: {
    id: Fixed<string>;
    user_id: Fixed<string>;
    study_id: Fixed<string>;
    role: Fixed<string>;
    site: Fixed<string | null>;
    granted_at: Fixed<string>;
    granted_by: Fixed<string | null>;
    revoked_at: string | null;
    revoked_by: string | null;
  };
  participant: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    code: Fixed<string>;
    site: Fixed<string>;
    status: string;
    version: number;
    screened_on: string;
    /** Values of the study's screening fields. */
    screening: Json;
    exclusion_reason: string | null;
    created_at: Fixed<string>;
    created_by: Fixed<string>;
  };
  eligibility: {
    participant_id: Fixed<string>;
    answers: Json;
    eligible: Flag;
    confirmed_at: string;
    confirmed_by: string;
    study_version: number | null;
  };
  consent: {
    participant_id: Fixed<string>;
    consent_version: string;
    signed_on: string;
    recorded_at: string;
    recorded_by: string;
    study_version: number | null;
  };
  /** People assessed and excluded before they were registered, counted by reason. */
  screening_tally: {
    study_id: Fixed<string>;
    site: Fixed<string>;
    reason: Fixed<string>;
    count: number;
    note: string;
  };
  randomisation_design: {
    study_id: Fixed<string>;
    epoch: Fixed<number>;
    design: Fixed<Json>;
    design_hash: Fixed<string>;
    /** SHA-256 commitment to the secret. */
    commitment: Fixed<string>;
    /** The secret, sealed under a key from outside the database. */
    sealed_secret: Fixed<string>;
    /** Name of a public value that the seed waits for; null when there is none. */
    beacon: Fixed<string | null>;
    /** Blocks that the epoch before left unfinished, as JSON. */
    retired: Fixed<Json | null>;
    activated_at: Fixed<string>;
  };
  allocation: {
    study_id: Fixed<string>;
    /** Sequence number in the study, from 1, without gaps. */
    number: Fixed<number>;
    participant_id: Fixed<string>;
    epoch: Fixed<number>;
    source: Fixed<'service' | 'imported' | 'envelope'>;
    stratum: Fixed<string>;
    arm: Fixed<string>;
    /** Factor levels, counts' hash, scores, weights, arm commitment: the log entry in canonical JSON. */
    entry: Fixed<Json>;
    previous_hash: Fixed<string>;
    hash: Fixed<string>;
    study_version: Fixed<number>;
    allocated_at: Fixed<string>;
    allocated_by: Fixed<string>;
  };
  /** A factor that was wrong at randomisation, put right for later allocations; the allocation stands. */
  allocation_correction: {
    study_id: Fixed<string>;
    number: Fixed<number>;
    participant_id: Fixed<string>;
    /** The number of the allocation that it stands after in the log. */
    after_allocation: Fixed<number>;
    epoch: Fixed<number>;
    entry: Fixed<Json>;
    previous_hash: Fixed<string>;
    hash: Fixed<string>;
    reason: Fixed<string>;
    corrected_at: Fixed<string>;
    corrected_by: Fixed<string>;
  };
  /** The public value that was named in advance, once it exists. */
  randomisation_beacon: {
    study_id: Fixed<string>;
    epoch: Fixed<number>;
    value: Fixed<string>;
    entered_at: Fixed<string>;
    entered_by: Fixed<string>;
  };
  /** Randomisation is closed for good and its secrets are handed out. */
  randomisation_reveal: {
    study_id: Fixed<string>;
    reason: Fixed<string>;
    revealed_at: Fixed<string>;
    revealed_by: Fixed<string>;
  };
  /** First step of an emergency unblinding. */
  unblinding: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    participant_id: Fixed<string>;
    reason: Fixed<string>;
    requested_at: Fixed<string>;
    requested_by: Fixed<string>;
  };
  /** Second step: the arm was shown. */
  unblinding_opened: {
    unblinding_id: Fixed<string>;
    opened_at: Fixed<string>;
    opened_by: Fixed<string>;
  };
  /** Keyed digests of identifiers, so that nobody is registered twice; the identifiers themselves are not kept. */
  identity_digest: {
    participant_id: Fixed<string>;
    study_id: Fixed<string>;
    kind: Fixed<'identifier' | 'person'>;
    digest: Fixed<string>;
  };
  therapist: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    site: Fixed<string>;
    name: Fixed<string>;
    added_at: Fixed<string>;
    added_by: Fixed<string>;
  };
  therapy_group: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    site: Fixed<string>;
    arm: Fixed<string>;
    name: Fixed<string>;
    therapist_id: Fixed<string | null>;
    starts_on: Fixed<string>;
    seats: Fixed<number>;
    added_at: Fixed<string>;
    added_by: Fixed<string>;
  };
  /** Post-randomisation membership of a group or with a therapist; ended, never deleted. */
  therapy_membership: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    group_id: Fixed<string | null>;
    therapist_id: Fixed<string | null>;
    from_day: Fixed<string>;
    until_day: string | null;
    entered_at: Fixed<string>;
    entered_by: Fixed<string>;
  };
  visit_booking: {
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    booked_for: string | null;
    changed_at: string;
    changed_by: string;
    study_version: number | null;
  };
  /** Every booking, move and cancellation; append-only. */
  visit_booking_change: {
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    number: Fixed<number>;
    booked_for: Fixed<string | null>;
    reason: Fixed<string | null>;
    changed_at: Fixed<string>;
    changed_by: Fixed<string>;
    study_version: Fixed<number>;
  };
  /** A visit that the protocol didn't plan, numbered for each participant; append-only. */
  unscheduled_visit: {
    participant_id: Fixed<string>;
    number: Fixed<number>;
    on_day: Fixed<string>;
    reason: Fixed<string>;
    /** Identifiers of the instruments that are entered there. */
    instruments: Fixed<Json>;
    added_at: Fixed<string>;
    added_by: Fixed<string>;
    study_version: Fixed<number>;
  };
  /** A secret address under which a calendar program reads one site's visits; only its token's digest is kept. */
  calendar_feed: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    site: Fixed<string>;
    token_digest: Fixed<string>;
    created_at: Fixed<string>;
    created_by: Fixed<string>;
    revoked_at: string | null;
    revoked_by: string | null;
  };
  form: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    instrument: Fixed<string>;
    status: string;
    /** Number of the current version; the lock that a save is checked against. */
    version: number;
    assessed_on: string | null;
    late_reason: string | null;
    /** The current version's answers. */
    answers: Json;
    /** Item or check → why an unusual answer is right; null for none. */
    reasons: Json | null;
    saved_at: string;
    saved_by: string;
    /** The protocol version that the form was begun under: its instrument is that version's. */
    study_version: Fixed<number | null>;
    /** What the form draws where a sample is entered twice: 0 to 2³¹ − 1. */
    lot: Fixed<number | null | undefined>;
  };
  /** An index of the forms by visit, kept by the database's own triggers; nobody else writes it. */
  visit_tally: {
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    study_id: Fixed<string>;
    begun: number;
    complete: number;
    /** Of the protocol versions that the forms were begun under; 0 where none is on record. */
    lowest_version: number;
    highest_version: number;
  };
  /** Append-only: what was uploaded for an item of a form. */
  form_file: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    instrument: Fixed<string>;
    item: Fixed<string>;
    name: Fixed<string>;
    type: Fixed<string>;
    size: Fixed<number>;
    sha256: Fixed<string>;
    content: Fixed<Buffer>;
    uploaded_at: Fixed<string>;
    uploaded_by: Fixed<string>;
  };
  form_version: {
    form_id: Fixed<string>;
    version: Fixed<number>;
    status: Fixed<string>;
    assessed_on: Fixed<string | null>;
    late_reason: Fixed<string | null>;
    answers: Fixed<Json>;
    reason: Fixed<string | null>;
    reasons: Fixed<Json | null>;
    study_version: Fixed<number>;
    saved_at: Fixed<string>;
    saved_by: Fixed<string>;
  };
  safety_alert: {
    id: Fixed<string>;
    form_id: Fixed<string>;
    item: Fixed<string>;
    value: Fixed<number>;
    opened_at: Fixed<string>;
    resolved_at: string | null;
    resolved_by: string | null;
    resolution: Json | null;
  };
  contact: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    on_day: Fixed<string>;
    outcome: Fixed<string>;
    note: Fixed<string>;
    logged_at: Fixed<string>;
    logged_by: Fixed<string>;
    study_version: Fixed<number | null>;
  };
  event: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    event: Fixed<string>;
    kind: Fixed<string>;
    /** The current version's, as are `until_day`, `detail` and `struck`. */
    on_day: string;
    until_day: string | null;
    detail: string;
    loss_reason: Fixed<string | null>;
    version: number;
    /** Entered in error, or taken back by a reversal: kept, and counts nowhere. */
    struck: Flag;
    recorded_at: Fixed<string>;
    recorded_by: Fixed<string>;
    study_version: Fixed<number | null>;
  };
  /** Append-only. */
  event_version: {
    event_id: Fixed<string>;
    version: Fixed<number>;
    on_day: Fixed<string>;
    until_day: Fixed<string | null>;
    detail: Fixed<string>;
    struck: Fixed<Flag>;
    reason: Fixed<string | null>;
    study_version: Fixed<number>;
    saved_at: Fixed<string>;
    saved_by: Fixed<string>;
  };
  /** What of the follow-up stops, and what a reversal brings back; the last one holds. Append-only. */
  withdrawal: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    number: Fixed<number>;
    on_day: Fixed<string>;
    asked_by: Fixed<string | null>;
    reason: Fixed<string | null>;
    /** List of what is stopped from that day on; an empty one: everything goes on. */
    stops: Fixed<Json>;
    detail: Fixed<string>;
    recorded_at: Fixed<string>;
    recorded_by: Fixed<string>;
  };
  /** Harms, deviations, medication, sessions, fidelity ratings: what each holds is its contract's. */
  study_record: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    kind: Fixed<string>;
    site: Fixed<string>;
    participant_id: Fixed<string | null>;
    /** What was entered in one go, such as a group's session. */
    sheet: Fixed<string | null>;
    /** Number of the current version; the lock that a correction is checked against. */
    version: number;
    struck: Flag;
    /** The current version's content. */
    content: Json;
    created_at: Fixed<string>;
    created_by: Fixed<string>;
    saved_at: string;
    saved_by: string;
  };
  /** Append-only. */
  record_version: {
    record_id: Fixed<string>;
    version: Fixed<number>;
    struck: Fixed<Flag>;
    content: Fixed<Json>;
    reason: Fixed<string | null>;
    study_version: Fixed<number>;
    saved_at: Fixed<string>;
    saved_by: Fixed<string>;
  };
  /** A serious adverse event reported to the sponsor: number 1 stops the clock, later ones follow up. Append-only. */
  harm_report: {
    record_id: Fixed<string>;
    number: Fixed<number>;
    /** The version of the adverse event that was reported. */
    record_version: Fixed<number>;
    aware_at: Fixed<string>;
    late: Fixed<Flag>;
    note: Fixed<string>;
    reported_at: Fixed<string>;
    reported_by: Fixed<string>;
  };
  query: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    number: Fixed<number>;
    participant_id: Fixed<string>;
    visit: Fixed<string | null>;
    instrument: Fixed<string | null>;
    item: Fixed<string | null>;
    status: string;
    automatic: Fixed<Flag>;
    text: Fixed<string>;
    opened_at: Fixed<string>;
    opened_by: Fixed<string>;
    closed_at: string | null;
    /** Null where it closed itself. */
    closed_by: string | null;
    /** Raised by every message and change. */
    version: Generated<number>;
    /** Who is to answer: this person, or else this role at the site, or else anyone of the site. */
    owner_id: string | null;
    owner_role: string | null;
    /** Which check asked; null where a person did. */
    cause: Fixed<string | null>;
  };
  query_message: {
    id: Fixed<string>;
    query_id: Fixed<string>;
    text: Fixed<string>;
    sent_at: Fixed<string>;
    sent_by: Fixed<string>;
    /** reply, assign, close, reopen or cancel. */
    act: Fixed<string>;
    automatic: Fixed<Flag>;
  };
  /** A second person's entry of a form, blind to the first. */
  second_entry: {
    id: Fixed<string>;
    participant_id: Fixed<string>;
    visit: Fixed<string>;
    instrument: Fixed<string>;
    status: string;
    version: number;
    assessed_on: string | null;
    answers: Json;
    saved_at: string;
    saved_by: string;
    /** The form's version that the complete second entry was compared with. */
    first_version: number | null;
    completed_at: string | null;
    /** Both agree, or every difference is decided. */
    settled_at: string | null;
    settled_by: string | null;
    settled_version: number | null;
  };
  /** Append-only. */
  second_entry_version: {
    entry_id: Fixed<string>;
    version: Fixed<number>;
    status: Fixed<string>;
    assessed_on: Fixed<string | null>;
    answers: Fixed<Json>;
    study_version: Fixed<number>;
    saved_at: Fixed<string>;
    saved_by: Fixed<string>;
  };
  /** Append-only: what stands where the two entries differ. */
  second_entry_decision: {
    entry_id: Fixed<string>;
    field: Fixed<string>;
    choice: Fixed<string>;
    value: Fixed<Json | null>;
    reason: Fixed<string | null>;
    decided_at: Fixed<string>;
    decided_by: Fixed<string>;
  };
  /** Who a participant is, sealed under a key from outside the database; apart from the research data. */
  identity_record: {
    participant_id: Fixed<string>;
    study_id: Fixed<string>;
    /** Names the key that `sealed_key` is sealed under; null with the others once the identity is erased. */
    key_name: string | null;
    /** The record's own key; without it the box can't be opened by anybody. */
    sealed_key: string | null;
    box: string | null;
    version: number;
    written_at: string;
    written_by: string;
    erased_at: string | null;
    erased_by: string | null;
  };
  /** Keyed digests of whole names, telephones, e-mails and identifiers, to find a person by. */
  identity_term: { participant_id: Fixed<string>; study_id: Fixed<string>; digest: Fixed<string> };
  audit_review_plan: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    scope: Fixed<string>;
    reviewer: Fixed<string>;
    every_days: Fixed<number>;
    first_due: Fixed<string>;
    version: number;
    planned_at: Fixed<string>;
    planned_by: Fixed<string>;
    ended_at: string | null;
    ended_by: string | null;
  };
  /** Append-only: that somebody went through the trail, and where it ended then. */
  audit_review: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    plan_id: Fixed<string | null>;
    from_day: Fixed<string>;
    until_day: Fixed<string>;
    looked_at: Fixed<string>;
    outcome: Fixed<string>;
    findings: Fixed<string>;
    trail_seq: Fixed<number>;
    trail_hash: Fixed<string>;
    reviewed_at: Fixed<string>;
    reviewed_by: Fixed<string>;
    reviewer_name: Fixed<string>;
  };
  /** A freeze or a lock of the study, a site, a participant, a visit or a form: what isn't named is all of it. */
  data_hold: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    kind: Fixed<'frozen' | 'locked'>;
    site: Fixed<string | null>;
    participant_id: Fixed<string | null>;
    visit: Fixed<string | null>;
    instrument: Fixed<string | null>;
    reason: Fixed<string>;
    /** What was still open when it was locked all the same: check → count. */
    left_open: Fixed<Json | null>;
    placed_at: Fixed<string>;
    placed_by: Fixed<string>;
    lifted_at: string | null;
    lifted_by: string | null;
    lifted_reason: string | null;
  };
  /** An electronic signature; append-only. It is void when a form that it stands under has another version. */
  signature: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    participant_id: Fixed<string>;
    visit: Fixed<string | null>;
    instrument: Fixed<string | null>;
    meaning: Fixed<string>;
    printed_name: Fixed<string>;
    role: Fixed<string>;
    content_hash: Fixed<string>;
    signed_at: Fixed<string>;
    signed_by: Fixed<string>;
  };
  signature_form: {
    signature_id: Fixed<string>;
    form_id: Fixed<string>;
    version: Fixed<number>;
    hash: Fixed<string>;
  };
  /** A form (item null), one of its fields, or the consent (form null) compared with the source; append-only. */
  source_verification: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    participant_id: Fixed<string>;
    form_id: Fixed<string | null>;
    item: Fixed<string | null>;
    /** In the study, from 1: the later mark of a field counts. */
    number: Fixed<number>;
    version: Fixed<number>;
    /** 0 takes an earlier mark back. */
    verified: Fixed<Flag>;
    marked_at: Fixed<string>;
    marked_by: Fixed<string>;
  };
  /** Append-only: the plans and data of analysis runs, by the SHA-256 of their bytes. */
  analysis_material: {
    study_id: Fixed<string>;
    sha256: Fixed<string>;
    content: Fixed<string>;
  };
  /** Append-only: which letter stands for which arm, where arms are masked. */
  arm_letter: {
    study_id: Fixed<string>;
    letter: Fixed<string>;
    /** The arm's identifier, sealed under a key from outside the database. */
    sealed_arm: Fixed<string>;
    drawn_at: Fixed<string>;
  };
  /** Append-only: what the monitoring board sees, as it was at a cut-off. */
  board_snapshot: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    /** From 1 in the study. */
    number: Fixed<number>;
    content: Fixed<Json>;
    sha256: Fixed<string>;
    note: Fixed<string>;
    /** Of the last change that it includes. */
    cut_off: Fixed<string>;
    participants: Fixed<number>;
    study_version: Fixed<number>;
    code_version: Fixed<string>;
    prepared_at: Fixed<string>;
    prepared_by: Fixed<string>;
    preparer_name: Fixed<string>;
  };
  /** Append-only: who proved again who they are, to open closed reports until then in that session. */
  board_confirmation: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    user_id: Fixed<string>;
    session_id: Fixed<string>;
    confirmed_at: Fixed<string>;
    until: Fixed<string>;
  };
  /** Append-only: first step of unmasking the letters for the board. */
  board_unmasking: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    reason: Fixed<string>;
    requested_at: Fixed<string>;
    requested_by: Fixed<string>;
  };
  /** Append-only: second step. */
  board_unmasking_opened: {
    unmasking_id: Fixed<string>;
    opened_at: Fixed<string>;
    opened_by: Fixed<string>;
  };
  /** Append-only: that an analysis was started, by whom and on what. */
  analysis_run: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    /** From 1 in the study. */
    number: Fixed<number>;
    label: Fixed<string>;
    per_plan: Fixed<Flag>;
    /** The planned analysis; null: the whole plan, or a choice outside it. */
    estimand: Fixed<string | null>;
    /** What one analysis asked; null: the whole plan. */
    choice: Fixed<Json | null>;
    analyses: Fixed<number>;
    plan_sha256: Fixed<string>;
    data_sha256: Fixed<string>;
    /** Of the last change that the data include. */
    cut_off: Fixed<string>;
    data_state: Fixed<string>;
    participants: Fixed<number>;
    study_version: Fixed<number>;
    code_version: Fixed<string>;
    seed: Fixed<number>;
    started_at: Fixed<string>;
    started_by: Fixed<string>;
    starter_name: Fixed<string>;
  };
  /** Append-only: how a run ended. */
  analysis_outcome: {
    run_id: Fixed<string>;
    status: Fixed<string>;
    ended_at: Fixed<string>;
    failure: Fixed<string | null>;
    results: Fixed<Json | null>;
    /** Of the numbers alone, so that two runs can be compared. */
    results_sha256: Fixed<string | null>;
  };
  /** Append-only: whether a run was reported, and why or why not; the newest version stands. */
  analysis_mark: {
    run_id: Fixed<string>;
    version: Fixed<number>;
    reported: Fixed<Flag>;
    reason: Fixed<string>;
    at: Fixed<string>;
    by: Fixed<string>;
    by_name: Fixed<string>;
  };
  /** Append-only and hash-chained per study; the database refuses UPDATE and DELETE. */
  audit: {
    study_id: Fixed<string>;
    seq: Fixed<number>;
    at: Fixed<string>;
    user_id: Fixed<string>;
    user_name: Fixed<string>;
    role: Fixed<string | null>;
    action: Fixed<string>;
    subject: Fixed<string>;
    before: Fixed<Json | null>;
    after: Fixed<Json | null>;
    reason: Fixed<string | null>;
    study_version: Fixed<number>;
    previous_hash: Fixed<string>;
    hash: Fixed<string>;
  };
  /** First result of each write that a client named with a key. */
  idempotency: {
    user_id: Fixed<string>;
    key: Fixed<string>;
    endpoint: Fixed<string>;
    payload_hash: Fixed<string>;
    reply: Fixed<Json>;
    at: Fixed<string>;
  };
  setting: { name: Fixed<string>; value: string };
  /** better-auth's tables, with its own column names. */
  user: {
    id: string;
    name: string;
    email: string;
    emailVerified: unknown;
    image: string | null;
    createdAt: unknown;
    updatedAt: unknown;
    language: ColumnType<string | null, string | undefined, string>;
  };
  session: {
    id: string;
    userId: string;
    token: string;
    expiresAt: unknown;
    ipAddress: string | null;
    userAgent: string | null;
    createdAt: unknown;
    updatedAt: unknown;
  };
  account: {
    id: string;
    accountId: string;
    providerId: string;
    userId: string;
    accessToken: string | null;
    refreshToken: string | null;
    idToken: string | null;
    accessTokenExpiresAt: unknown;
    refreshTokenExpiresAt: unknown;
    scope: string | null;
    password: string | null;
    createdAt: unknown;
    updatedAt: unknown;
  };
  verification: {
    id: string;
    identifier: string;
    value: string;
    expiresAt: unknown;
    createdAt: unknown;
    updatedAt: unknown;
  };
  /** TOTP: a pending one has no `confirmed_at`. `last_step` is the newest 30-second step that a code was taken of. */
  second_factor: {
    user_id: Fixed<string>;
    /** Sealed under the server's key. */
    secret: string;
    made_at: string;
    confirmed_at: string | null;
    last_step: number;
  };
  backup_code: { user_id: Fixed<string>; hash: Fixed<string>; used_at: string | null };
  /** Roles that a study lets in with a second factor only. */
  second_factor_rule: {
    study_id: Fixed<string>;
    role: Fixed<string>;
    set_at: Fixed<string>;
    set_by: Fixed<string>;
  };
  /** Failed sign-ins by account and by address, as a bucket that leaks; keys are hashes. */
  attempt_count: { key: Fixed<string>; level: number; at: string; blocked_until: string | null };
  disabled_account: { user_id: Fixed<string>; disabled_at: Fixed<string>; disabled_by: Fixed<string> };
  invitation: {
    id: Fixed<string>;
    study_id: Fixed<string>;
    email: Fixed<string>;
    name: Fixed<string>;
    role: Fixed<string>;
    site: Fixed<string | null>;
    token_hash: string;
    made_at: Fixed<string>;
    made_by: Fixed<string>;
    sent_at: string;
    expires_at: string;
    accepted_at: string | null;
    accepted_by: string | null;
    revoked_at: string | null;
    revoked_by: string | null;
  };
  password_link: {
    token_hash: Fixed<string>;
    user_id: Fixed<string>;
    made_at: Fixed<string>;
    expires_at: Fixed<string>;
    used_at: string | null;
  };
  mail_outbox: {
    id: Fixed<string>;
    recipient: Fixed<string>;
    subject: Fixed<string>;
    /** Sealed under the server's key; null once it is sent. */
    body: string | null;
    queued_at: Fixed<string>;
    tries: number;
    /** Null: nothing more is tried. */
    next_at: string | null;
    sent_at: string | null;
    last_error: string | null;
  };
  /** Append-only and hash-chained over the whole server; the database refuses UPDATE and DELETE. */
  account_log: {
    seq: Fixed<number>;
    at: Fixed<string>;
    action: Fixed<string>;
    actor_id: Fixed<string | null>;
    actor_name: Fixed<string>;
    subject_id: Fixed<string | null>;
    subject_name: Fixed<string | null>;
    study_id: Fixed<string | null>;
    detail: Fixed<Json | null>;
    address: Fixed<string | null>;
    previous_hash: Fixed<string>;
    hash: Fixed<string>;
  };
}
