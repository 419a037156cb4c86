import type { Connection } from '../../db/database.ts';
import type { Study } from '../../studies/study.ts';
import { byCode, type Person, type Reading, readPeople } from './people.ts';
import { armsOfStudy, deedsAfter, extentOf } from './store.ts';

/** Deeds after which everybody on record is as they were. */
const HARMLESS =
  /^(accounts|account|analyses|audit|calendars|exports|factor|identity|invitation|locks|password|people|queries|role|session|signatures|unblinding|verification)\./;
const ABOUT_PERSON = /^(?:participant|form|visit|query):([^/]+)/;
/** Of more people than this everything is read anew. */
const FEW = 2_000;

/** What all results of a study rest on, and how far into the study's trail it goes. */
export class StudyFacts {
  people: Person[] = [];
  #arms: Map<string, string> | null = null;
  #lastAllocation = 0;
  #seq = -1;
  #protocol = '';
  #loaded: 'wholly' | 'partly' | 'nothing' = 'nothing';

  /** @param until as things stood at this instant (ISO 8601, UTC); null: as they stand */
  constructor(readonly until: string | null = null) {}

  /** How the last `refresh` went about it. */
  get loaded() {
    return this.#loaded;
  }

  /**
   * Brings the facts up to the snapshot. Each write to a study's data has its entry in the trail, which names whom it
   * is about: only those people are read again, and everybody after a change of the protocol, after a deed that names
   * nobody, and where people stand in the database whom no entry tells of.
   */
  async refresh(services: Reading, db: Connection, study: Study): Promise<void> {
    const protocol = JSON.stringify([study.hash, [...study.siteVersions]]);
    if (this.until !== null && protocol === this.#protocol) {
      this.#loaded = 'nothing';
      return;
    }
    const extent = await extentOf(db, study.id);
    const codes = protocol === this.#protocol ? await this.#changed(db, study.id) : null;
    if (codes?.size === 0) this.#loaded = 'nothing';
    else if (codes) {
      const fresh = await readPeople(services, db, study, { codes: [...codes], until: null });
      this.people = this.people.filter(({ record }) => !codes.has(record.code));
      this.people.push(...fresh);
      this.people.sort(byCode);
      this.#loaded = 'partly';
    }
    const randomised = this.people.reduce((sum, { entry }) => sum + (entry ? 1 : 0), 0);
    const astray = extent.people !== this.people.length || extent.allocations !== randomised;
    if (!codes || (this.until === null && astray)) {
      this.people = await readPeople(services, db, study, { codes: null, until: this.until });
      this.#arms = null;
      this.#loaded = 'wholly';
    }
    this.#protocol = protocol;
    this.#seq = extent.seq;
  }

  /** Participant → arm; read from the database when first asked for, which pooled results never do. */
  async arms(db: Connection, study: string): Promise<ReadonlyMap<string, string>> {
    const arms = this.#arms ?? new Map<string, string>();
    if (this.#arms === null) this.#lastAllocation = 0;
    for (const row of await armsOfStudy(db, study, this.#lastAllocation)) {
      arms.set(row.participant_id, row.arm);
      this.#lastAllocation = row.number;
    }
    this.#arms = arms;
    return arms;
  }

  /** Codes of the people whom the new entries are about; null: not to be told from them. */
  async #changed(db: Connection, study: string): Promise<Set<string> | null> {
    const deeds = await deedsAfter(db, study, this.#seq, FEW);
    if (deeds.length === FEW) return null;
    const codes = new Set<string>();
    for (const { action, subject } of deeds) {
      const code = ABOUT_PERSON.exec(subject)?.[1];
      if (code !== undefined) codes.add(code);
      else if (!HARMLESS.test(action)) return null;
    }
    return codes;
  }
}
