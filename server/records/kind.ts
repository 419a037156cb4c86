import { recordsTellArms } from '../access/rules.ts';
import type { Transaction } from '../db/database.ts';
import { notAllowed } from '../errors.ts';
import type { ParticipantRecord } from '../participants/store.ts';
import type { Caller, Services } from '../services.ts';
import type { RecordKindName } from './store.ts';

export interface Checked<Content> {
  services: Services;
  caller: Caller;
  tx: Transaction;
  /** Null for what is about a site as a whole. */
  participant: ParticipantRecord | null;
  content: Content;
  /** What it replaces; null for a new one. */
  before: Content | null;
}

/** One kind of record: how it is called, who may never read it, and what its content has to keep to. */
export interface RecordKind<Content> {
  kind: RecordKindName;
  /** Of its endpoints and audit actions. */
  family: string;
  /** As sentences begin with it. */
  what: string;
  /** `arms`: it exists in some arms only. `treatment`: its words tell arms where whoever writes them knows the arm. */
  tells: 'arms' | 'treatment' | 'nothing';
  /** About how the study was carried out, not about the participant: it is recorded whatever they withdrew. */
  aboutConduct?: true;
  /** Throws what is wrong with the content, and gives it as it is to be kept. */
  check(given: Checked<Content>): Content | Promise<Content>;
}

/** Whether records of the kind are kept from the caller. */
export function isKeptFrom({ blinded, study }: Caller, { tells }: Pick<RecordKind<never>, 'tells'>): boolean {
  if (!blinded || tells === 'nothing') return false;
  return tells === 'arms' || recordsTellArms(study.document);
}

export function refuseKept(caller: Caller, kind: Pick<RecordKind<never>, 'tells' | 'what'>): void {
  if (isKeptFrom(caller, kind))
    throw notAllowed(
      `Your role is blinded in this study, and ${kind.what.toLowerCase()}s can tell arms apart.`,
    );
}
