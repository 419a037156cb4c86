import { reaches } from '../access/rules.ts';
import type { Connection } from '../db/database.ts';
import { withoutData } from '../events/refuseData.ts';
import { type FormRecord, formsOf } from '../forms/store.ts';
import { heldMessage } from '../locks/refuse.ts';
import { isOver } from '../locks/rules.ts';
import { type HoldRecord, holdsInForce } from '../locks/store.ts';
import type { Caller, Services } from '../services.ts';
import { dayOf } from '../visits/today.ts';
import type { Intake, IntakeForm } from './intake.ts';
import { checkNewcomer } from './newcomer.ts';
import { compare } from './onRecord.ts';
import type { Plan } from './plan.ts';
import type { Refusals } from './refusals.ts';
import { type Known, knownArms, participantsByCode } from './store.ts';

/** What an intake comes to: a participant to register or one who is there, and the forms that are new. */
export interface Decision {
  intake: Intake;
  known: Known | null;
  forms: IntakeForm[];
  /** Days that visit windows count from. */
  anchors: { screenedOn: string; randomisedOn: string | null };
}

/** Holds intakes against the file so far and against what is on record; what an import may not do is refused. */
export class Judge {
  readonly #services: Pick<Services, 'config'>;
  readonly #caller: Caller;
  readonly #plan: Plan;
  readonly #refusals: Refusals;
  /** Participant → row of the file. */
  readonly #seen = new Map<string, number>();

  constructor(services: Pick<Services, 'config'>, caller: Caller, plan: Plan, refusals: Refusals) {
    this.#services = services;
    this.#caller = caller;
    this.#plan = plan;
    this.#refusals = refusals;
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
    return { intake, known: null, forms: intake.forms, anchors };
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
    return { intake, known, forms, anchors: { screenedOn: known.screened_on, randomisedOn } };
  }

  #refuse(intake: Intake, column: string | null, why: string): void {
    this.#refusals.add(intake.row, column, column === null ? null : intake.cell(column), why);
  }
}
