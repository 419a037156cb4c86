import { reaches } from '../access/rules.ts';
import type { Connection } from '../db/database.ts';
import { withoutData } from '../events/refuseData.ts';
import type { ItemValues } from '../forms/contract.ts';
import { type FormRecord, formsOf } from '../forms/store.ts';
import { heldMessage } from '../locks/refuse.ts';
import { isOver } from '../locks/rules.ts';
import { type HoldRecord, holdsInForce } from '../locks/store.ts';
import type { Caller, Services } from '../services.ts';
import { dayOf, today } from '../visits/today.ts';
import type { Intake, IntakeForm } from './intake.ts';
import { type JudgedForm, judgeForm } from './judge.ts';
import { checkNewcomer } from './newcomer.ts';
import { compare } from './onRecord.ts';
import type { Plan } from './plan.ts';
import type { Refusals } from './refusals.ts';
import { type Known, knownArms, participantsByCode } from './store.ts';

/** What an intake comes to: a participant to register or one who is there, and the forms that are new. */
export interface Decision {
  intake: Intake;
  known: Known | null;
  forms: JudgedForm[];
  /** Days that visit windows count from. */
  anchors: { screenedOn: string; randomisedOn: string | null };
}

/** Holds intakes against the file so far and against what is on record; what an import may not do is refused. */
export class Judge {
  readonly #services: Pick<Services, 'config' | 'now'>;
  readonly #caller: Caller;
  readonly #plan: Plan;
  readonly #refusals: Refusals;
  readonly #file: string;
  /** Participant → row of the file. */
  readonly #seen = new Map<string, number>();

  constructor(
    services: Pick<Services, 'config' | 'now'>,
    caller: Caller,
    plan: Plan,
    refusals: Refusals,
    file: string,
  ) {
    this.#services = services;
    this.#caller = caller;
    this.#plan = plan;
    this.#refusals = refusals;
    this.#file = file;
  }

  async decide(db: Connection, intakes: readonly Intake[]): Promise<Decision[]> {
    const allowed = intakes.filter((intake) => this.#mayStand(intake));
    const codes = allowed.map(({ code }) => code);
    const known = new Map(
      (await participantsByCode(db, this.#caller.study.id, codes)).map((one) => [one.code, one]),
    );
    const ids = [...known.values()].map(({ id }) => id);
    const open = this.#plan.mapping.arm !== undefined && !this.#caller.blinded;
    const arms = open ? await knownArms(db, ids) : new Map<string, string>();
    const forms = new Map<string, FormRecord>();
    for (const form of await formsOf(db, ids))
      forms.set(`${form.participant_id}/${form.visit}/${form.instrument}`, form);
    const decisions = allowed.map((intake) => {
      const one = known.get(intake.code);
      return one ? this.#onRecord(intake, one, arms, forms) : this.#newcomer(intake);
    });
    this.#refuseLocked(decisions, await holdsInForce(db, this.#caller.study.id));
    return decisions;
  }

  /** What would be written to a frozen or locked place. */
  #refuseLocked(decisions: readonly Decision[], holds: readonly HoldRecord[]): void {
    for (const { intake, known, forms } of decisions) {
      const whole = { site: intake.site, participant: known?.id ?? null, visit: null, instrument: null };
      const places = forms.map(({ columns: { place } }) => ({
        ...whole,
        visit: place.visit.id,
        instrument: place.instrument.id,
      }));
      for (const place of known === null ? [whole, ...places] : places) {
        const hold = holds.find((one) => isOver(one, place));
        if (!hold) continue;
        this.#refuse(intake, null, heldMessage(this.#caller, hold));
        break;
      }
    }
  }

  /** Once in the file, and at a site within reach. */
  #mayStand(intake: Intake): boolean {
    const { code, site, row } = intake;
    const { column } = this.#plan.mapping.participant;
    const earlier = this.#seen.get(code);
    if (earlier !== undefined) {
      this.#refuse(
        intake,
        column,
        `${code} is in row ${earlier} already; a file has one row for each participant.`,
      );
      return false;
    }
    this.#seen.set(code, row);
    if (reaches(this.#caller.sites, site)) return true;
    this.#refuse(intake, column, `The site “${site}” isn’t one of yours.`);
    return false;
  }

  #newcomer(intake: Intake): Decision {
    checkNewcomer(this.#plan, intake, (column, why) => this.#refuse(intake, column, why));
    const randomisedOn = intake.arm === null ? null : intake.randomisedOn;
    const anchors = { screenedOn: intake.screenedOn ?? '', randomisedOn };
    const forms = this.#judge(intake, intake.forms, intake.screening, anchors, () => undefined);
    return { intake, known: null, forms, anchors };
  }

  #onRecord(
    intake: Intake,
    known: Known,
    arms: ReadonlyMap<string, string>,
    records: ReadonlyMap<string, FormRecord>,
  ): Decision {
    const randomisedOn = known.allocated_at ? dayOf(this.#services, new Date(known.allocated_at)) : null;
    const onRecord = {
      known,
      randomisedOn,
      arm: arms.get(known.id) ?? null,
      form: (visit: string, instrument: string) => records.get(`${known.id}/${visit}/${instrument}`),
    };
    const forms = compare(this.#plan, intake, onRecord, (column, why) => this.#refuse(intake, column, why));
    if (forms.length > 0 && known.withdrew_data) this.#refuse(intake, null, withoutData(known.code));
    const anchors = { screenedOn: known.screened_on, randomisedOn };
    const screening = JSON.parse(known.screening) as Record<string, string | number>;
    const judged = this.#judge(intake, forms, screening, anchors, onRecord.form);
    return { intake, known, forms: judged, anchors };
  }

  #judge(
    intake: Intake,
    forms: readonly IntakeForm[],
    screening: Readonly<Record<string, string | number>>,
    anchors: Decision['anchors'],
    record: (visit: string, instrument: string) => FormRecord | undefined,
  ): JudgedForm[] {
    // Nothing counts from a day that was refused.
    if (anchors.screenedOn === '') return [];
    const form = (visit: string, instrument: string) => {
      const found = record(visit, instrument);
      return found && { assessedOn: found.assessed_on, values: JSON.parse(found.answers) as ItemValues };
    };
    const person = { screening, anchors, today: today(this.#services), form };
    const reason = rowReason(this.#file, intake.row);
    return forms.map((one) =>
      judgeForm(intake, one, person, reason, (column, why) => this.#refuse(intake, column, why)),
    );
  }

  #refuse(intake: Intake, column: string | null, why: string): void {
    this.#refusals.add(intake.row, column, column === null ? null : intake.cell(column), why);
  }
}

/** Where a row came from, as the record keeps it. */
export const rowReason = (file: string, row: number): string => `Imported from ${file}, row ${row}`;
