import type { Insertable } from 'kysely';
import { type Deed, Trail } from '../audit/append.ts';
import type { Transaction } from '../db/database.ts';
import type { Tables } from '../db/schema.ts';
import { type NewRow, nextQueryNumber, numberedQuery } from '../queries/insert.ts';
import type { Caller, Services } from '../services.ts';
import { type Decision, rowReason } from './decide.ts';
import { AllocationLog } from './enrol.ts';
import type { JudgedForm } from './judge.ts';
import { insertMany } from './store.ts';

interface Batch {
  participant: Insertable<Tables['participant']>[];
  allocation: Insertable<Tables['allocation']>[];
  form: Insertable<Tables['form']>[];
  form_version: Insertable<Tables['form_version']>[];
  /** What complete forms ask by themselves; each gets its number last. */
  asked: NewRow[];
  deeds: Deed[];
}

/** Writes decisions, batch by batch, in the import's transaction. */
export class ImportWriter {
  readonly #tx: Transaction;
  readonly #caller: Caller;
  readonly #file: string;
  readonly #at: string;
  readonly #trail: Trail;
  readonly #log: AllocationLog | null;
  /** The number of the next query, once one is asked. */
  #query: number | null = null;

  private constructor(
    tx: Transaction,
    caller: Caller,
    file: string,
    at: string,
    trail: Trail,
    log: AllocationLog | null,
  ) {
    this.#tx = tx;
    this.#caller = caller;
    this.#file = file;
    this.#at = at;
    this.#trail = trail;
    this.#log = log;
  }

  static async open(
    services: Services,
    tx: Transaction,
    caller: Caller,
    source: { file: string; arms: boolean },
  ) {
    const at = services.now().toISOString();
    const trail = await Trail.open(tx, caller, at);
    const log = source.arms ? await AllocationLog.open(services, tx, caller) : null;
    return new ImportWriter(tx, caller, source.file, at, trail, log);
  }

  async write(decisions: readonly Decision[]): Promise<void> {
    const batch: Batch = {
      participant: [],
      allocation: [],
      form: [],
      form_version: [],
      asked: [],
      deeds: [],
    };
    for (const decision of decisions) {
      const id = decision.known?.id ?? this.#register(batch, decision);
      for (const form of decision.forms) this.#form(batch, id, decision, form);
    }
    await insertMany(this.#tx, 'participant', batch.participant);
    await insertMany(this.#tx, 'allocation', batch.allocation);
    await insertMany(this.#tx, 'form', batch.form);
    await insertMany(this.#tx, 'form_version', batch.form_version);
    await this.#ask(batch);
    await this.#trail.append(batch.deeds);
  }

  async #ask({ asked, deeds }: Batch): Promise<void> {
    if (asked.length === 0) return;
    const first = this.#query ?? (await nextQueryNumber(this.#tx, this.#caller.study.id));
    this.#query = first + asked.length;
    const queries = asked.map((one, index) => numberedQuery(this.#caller, one, first + index));
    await insertMany(
      this.#tx,
      'query',
      queries.map(({ row }) => row),
    );
    deeds.push(...queries.map(({ deed }) => deed));
  }

  /** One entry for the import as a whole. */
  async finish(after: object): Promise<void> {
    const subject = `study:${this.#caller.study.id}`;
    await this.#trail.append([{ action: 'imports.run', subject, after }]);
  }

  #register(batch: Batch, { intake, anchors }: Decision): string {
    const { study, user } = this.#caller;
    const { code, site, arm, randomisedOn, screening, row } = intake;
    const id = crypto.randomUUID();
    const randomised = arm !== null && randomisedOn !== null && this.#log !== null;
    const reason = this.#reason(row);
    batch.participant.push({
      id,
      study_id: study.id,
      code,
      site,
      status: randomised ? 'randomised' : 'screening',
      version: 1,
      screened_on: anchors.screenedOn,
      screening: JSON.stringify(screening),
      exclusion_reason: null,
      created_at: this.#at,
      created_by: user.id,
    });
    const after = { site, screenedOn: anchors.screenedOn, values: screening };
    batch.deeds.push({ action: 'participants.screen', subject: `participant:${code}`, after, reason });
    if (!randomised) return id;
    const allocation = this.#log!.next({ ...intake, arm, randomisedOn }, id, this.#at);
    batch.allocation.push(allocation);
    batch.deeds.push({
      action: 'randomisation.import',
      subject: `participant:${code}`,
      after: { status: 'randomised', number: allocation.number, logHash: allocation.hash, randomisedOn },
      reason,
    });
    return id;
  }

  #form(batch: Batch, participant: string, { intake }: Decision, form: JudgedForm): void {
    const { visit, instrument } = form.columns.place;
    const reason = this.#reason(intake.row);
    const saved = {
      status: form.complete ? 'complete' : 'started',
      version: 1,
      assessed_on: form.assessedOn,
      late_reason: form.lateReason,
      answers: JSON.stringify(form.values),
      saved_at: this.#at,
      saved_by: this.#caller.user.id,
    };
    const { version } = intake.protocol.study;
    const id = crypto.randomUUID();
    batch.form.push({
      id,
      participant_id: participant,
      visit: visit.id,
      instrument: instrument.id,
      ...saved,
      study_version: version,
    });
    batch.form_version.push({ form_id: id, ...saved, reason, study_version: version });
    batch.deeds.push({
      action: 'forms.import',
      subject: `form:${intake.code}/${visit.id}/${instrument.id}`,
      before: { version: 0 },
      after: { version: 1, assessedOn: form.assessedOn, status: saved.status, answers: form.values },
      reason,
    });
    for (const { check, item, text } of form.causes)
      batch.asked.push({
        participant: { id: participant, code: intake.code },
        visit: visit.id,
        instrument: instrument.id,
        item,
        text,
        cause: check,
        owner: null,
        at: this.#at,
      });
  }

  #reason(row: number): string {
    return rowReason(this.#file, row);
  }
}
