import type { Logger } from 'pino';
import { expect } from 'vitest';
import type { ExportedLog } from '../../../randomisation/index.ts';
import type { Transaction } from '../../../server/db/database.ts';
import { Refused } from '../../../server/errors.ts';
import { randomise } from '../../../server/randomisation/allocate.ts';
import { revealSecret } from '../../../server/randomisation/close.ts';
import { correctScreening } from '../../../server/randomisation/correct.ts';
import { exportAllocations } from '../../../server/randomisation/exportLog.ts';
import { slipOf } from '../../../server/randomisation/slip.ts';
import type { Caller, Services } from '../../../server/services.ts';
import { amendStudy } from '../../../server/studies/amend.ts';
import type { RoleName, StudyDocument } from '../../../server/studies/document.ts';
import type { LoadedStudy } from '../../../server/studies/load.ts';
import { isBlinded } from '../../../server/studies/rules.ts';
import { currentStudy } from '../../../server/studies/store.ts';
import { type TestServices, testServices } from '../../setup/services.ts';
import type { Screening } from './study.ts';

/** A study with people who are ready to be randomised, and everything a test of its allocation asks for. */
export class Trial {
  readonly #callers = new Map<string, Caller>();
  #people = 0;

  private constructor(
    readonly inner: TestServices,
    readonly clock: { now: Date },
  ) {}

  /**
   * A study that was activated some days ago.
   *
   * @param secret 32 bytes; two trials with the same one and the same people get the same arms
   */
  static async open(study: LoadedStudy, secret?: Uint8Array, log?: Logger): Promise<Trial> {
    const clock = { now: new Date('2026-11-19T08:00:00.000Z') };
    const inner = await testServices({ study, secret, now: () => clock.now, log });
    await hashOnce(inner.services);
    clock.now = new Date('2026-11-23T09:00:00.000Z');
    return new Trial(inner, clock);
  }

  get services() {
    return this.inner.services;
  }
  get id(): string {
    return this.inner.study;
  }
  close = (): Promise<void> => this.inner.close();

  /** Someone with the role, in the study as it is in force. */
  async as(role: RoleName, site?: string): Promise<Caller> {
    const key = `${role} ${site}`;
    const caller = this.#callers.get(key) ?? (await this.inner.callerFor(role, { site }));
    this.#callers.set(key, caller);
    const study = (await currentStudy(this.services.db.read, this.id))!;
    return { ...caller, study, blinded: isBlinded(study.document, [role]) };
  }

  /** Another person with the role. */
  async another(role: RoleName): Promise<Caller> {
    return this.inner.callerFor(role);
  }

  /** Registers people who lack nothing but an arm; gives their participant IDs. */
  async ready(people: readonly { site?: string; values?: Screening }[]): Promise<string[]> {
    const { document } = (await this.as('coordinator')).study;
    const rows = people.map(({ site = 's1', values = { sex: 'female', age: 30 } }) => {
      this.#people += 1;
      const { code } = document.sites.find(({ id }) => id === site)!;
      return {
        id: `p${this.#people}`,
        code: `${code}-${String(this.#people).padStart(4, '0')}`,
        site,
        screening: JSON.stringify(values),
      };
    });
    await this.services.db.write((tx) => register(tx, document, rows));
    return rows.map(({ code }) => code);
  }

  async readyOne(values?: Screening, site?: string): Promise<string> {
    return (await this.ready([{ values, site }]))[0]!;
  }

  async randomise(code: string, key: string = crypto.randomUUID(), caller?: Caller) {
    return randomise(this.services, caller ?? (await this.as('coordinator')), code, { key, confirm: code });
  }

  /** Registers and randomises people one after the other; gives their slips with the arms. */
  async enrol(people: readonly { site?: string; values?: Screening }[]) {
    const slips = [];
    for (const code of await this.ready(people)) slips.push(await this.open(code));
    return slips;
  }

  private async open(code: string) {
    await this.randomise(code);
    return this.slip(code);
  }

  /** The slip with the arm, as it is on record. */
  async slip(code: string) {
    const slip = await slipOf(this.services.db.read, await this.as('coordinator'), code);
    if (slip.masked) throw new Error('This trial is not blinded for coordinators.');
    return slip;
  }

  async amend(change: (document: StudyDocument) => StudyDocument) {
    const { study } = await this.as('owner');
    const document = { ...change(study.document), version: study.version + 1 };
    return amendStudy(this.services, { document, instruments: [...study.instruments.values()] });
  }

  /** Puts a participant's screening answers right. */
  async correct(code: string, values: Screening, caller?: Caller): Promise<{ version: number }> {
    const { version } = await this.person(code);
    const input = { version, values, reason: 'Entered wrongly' };
    return correctScreening(this.services, caller ?? (await this.as('data-manager')), code, input);
  }

  /** Closes randomisation for good. */
  async reveal(): Promise<void> {
    const input = { confirm: this.id, reason: 'Recruitment is over' };
    await revealSecret(this.services, await this.as('owner'), input);
  }

  person(code: string) {
    return this.services.db.read
      .selectFrom('participant')
      .selectAll()
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
  }

  /** The audit trail's entries of an action, oldest first. */
  audit(action: string) {
    return this.services.db.read
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', action)
      .orderBy('seq')
      .execute();
  }

  async export(role: RoleName = 'statistician'): Promise<ExportedLog> {
    return exportAllocations(this.services, await this.as(role));
  }

  /** Every allocation as it is stored, in order. */
  allocations() {
    return this.services.db.read.selectFrom('allocation').selectAll().orderBy('number').execute();
  }
}

const hashes = new Map<string, Promise<string>>();

/** A password is slow to hash on purpose; here each is hashed once for all trials. */
async function hashOnce(services: Services): Promise<void> {
  const { password } = await services.auth.$context;
  const hash = password.hash.bind(password);
  password.hash = (text) => {
    const known = hashes.get(text) ?? hash(text);
    hashes.set(text, known);
    return known;
  };
}

async function register(
  tx: Transaction,
  document: StudyDocument,
  people: readonly { id: string; code: string; site: string; screening: string }[],
): Promise<void> {
  const at = '2026-11-20T09:00:00.000Z';
  for (let start = 0; start < people.length; start += 200) {
    const some = people.slice(start, start + 200);
    const person = ({ id, code, site, screening }: (typeof some)[number]) => ({
      id,
      study_id: document.id,
      code,
      site,
      status: 'consented',
      version: 3,
      screened_on: '2026-11-20',
      screening,
      exclusion_reason: null,
      created_at: at,
      created_by: 'test',
    });
    const judged = { answers: '{"age":true}', eligible: 1, confirmed_at: at, confirmed_by: 'test' } as const;
    const consented = {
      consent_version: '1.0',
      signed_on: '2026-11-20',
      recorded_at: at,
      recorded_by: 'test',
    };
    const form = {
      visit: 'baseline',
      instrument: 'phq9',
      status: 'complete',
      version: 1,
      assessed_on: '2026-11-20',
      late_reason: null,
      answers: '{}',
      saved_at: at,
      saved_by: 'test',
    };
    const ids = some.map(({ id }) => id);
    await tx.insertInto('participant').values(some.map(person)).execute();
    await tx
      .insertInto('eligibility')
      .values(ids.map((id) => ({ participant_id: id, ...judged })))
      .execute();
    await tx
      .insertInto('consent')
      .values(ids.map((id) => ({ participant_id: id, ...consented })))
      .execute();
    await tx
      .insertInto('form')
      .values(ids.map((id) => ({ id, participant_id: id, ...form })))
      .execute();
  }
}

/** The refusal that the work must end in. */
export async function refusal(work: Promise<unknown>): Promise<Refused> {
  const error = await work.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Refused);
  return error as Refused;
}
