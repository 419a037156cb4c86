import { reaches } from '../access/rules.ts';
import type { Connection } from '../db/database.ts';
import type { ItemValues } from '../forms/contract.ts';
import { sameAnswer } from '../forms/rules.ts';
import { type FormRecord, formsOf } from '../forms/store.ts';
import type { Caller, Services } from '../services.ts';
import { dayOf } from '../visits/today.ts';
import type { Intake, IntakeForm } from './intake.ts';
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

/** Holds intakes against what is on record; what an import may not do is refused. */
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
    const fresh = intakes.filter((intake) => this.#first(intake) && this.#reached(intake));
    const { study } = this.#caller;
    const known = await participantsByCode(
      db,
      study.id,
      fresh.map(({ code }) => code),
    );
    const byCode = new Map(known.map((one) => [one.code, one]));
    const ids = known.map(({ id }) => id);
    const arms =
      this.#plan.mapping.arm && !this.#caller.blinded ? await knownArms(db, ids) : new Map<string, string>();
    const forms = new Map<string, FormRecord>();
    for (const form of await formsOf(db, ids))
      forms.set(`${form.participant_id}/${form.visit}/${form.instrument}`, form);
    return fresh.map((intake) => {
      const one = byCode.get(intake.code);
      return one ? this.#known(intake, one, arms.get(one.id) ?? null, forms) : this.#unknown(intake);
    });
  }

  #first({ code, row, cell }: Intake): boolean {
    const earlier = this.#seen.get(code);
    if (earlier === undefined) {
      this.#seen.set(code, row);
      return true;
    }
    const { column } = this.#plan.mapping.participant;
    this.#refusals.add(
      row,
      column,
      cell(column),
      `${code} is in row ${earlier} already; a file has one row for each participant.`,
    );
    return false;
  }

  #reached({ site, row, cell }: Intake): boolean {
    if (reaches(this.#caller.sites, site)) return true;
    const { column } = this.#plan.mapping.participant;
    this.#refusals.add(row, column, cell(column), `The site “${site}” isn’t one of yours.`);
    return false;
  }

  #unknown(intake: Intake): Decision {
    const { mapping, study } = this.#plan;
    const { arm, randomisedOn, screenedOn, screening, code, forms } = intake;
    const refuse = (column: string | null, why: string) => this.#refuse(intake, column, why);
    if (screenedOn === null)
      refuse(
        columnOf(mapping.screenedOn ?? mapping.randomisedOn),
        `${code} is not registered yet, and to register it the day of screening is needed.`,
      );
    for (const field of study.document.screening.fields) {
      if (screening[field.id] !== undefined) continue;
      const column = mapping.screening.find((one) => one.field === field.id)?.column;
      // A cell that was refused already isn't blank.
      if (column !== undefined && intake.cell(column) !== '') continue;
      refuse(
        column ?? null,
        `${code} is not registered yet, and to register it an answer to “${field.label}” is needed.`,
      );
    }
    if (mapping.arm) {
      const armCell = intake.cell(mapping.arm.column);
      if (arm !== null && randomisedOn === null)
        refuse(columnOf(mapping.randomisedOn), 'The row has an arm but no day of randomisation.');
      if (arm === null && armCell === '' && randomisedOn !== null && columnOf(mapping.randomisedOn) !== null)
        refuse(mapping.arm.column, 'The row has a day of randomisation but no arm.');
    }
    if (screenedOn !== null && randomisedOn !== null && randomisedOn < screenedOn)
      refuse(
        columnOf(mapping.randomisedOn),
        `Randomised on ${randomisedOn}, before the screening on ${screenedOn}.`,
      );
    if (arm === null && forms.length > 0)
      refuse(
        forms[0]!.columns.answers[0]!.column,
        `${code} has no arm in the file and would be registered in screening; answers are taken once the consent is on record.`,
      );
    return {
      intake,
      known: null,
      forms,
      anchors: { screenedOn: screenedOn ?? '', randomisedOn: arm === null ? null : randomisedOn },
    };
  }

  #known(intake: Intake, known: Known, arm: string | null, forms: ReadonlyMap<string, FormRecord>): Decision {
    const { mapping } = this.#plan;
    const randomisedOn = known.allocated_at ? dayOf(this.#services, new Date(known.allocated_at)) : null;
    this.#sameBackground(intake, known, randomisedOn);
    if (mapping.arm && intake.arm !== null) {
      if (arm === null)
        this.#refuse(
          intake,
          mapping.arm.column,
          `${intake.code} is on record and not randomised; an import doesn’t randomise anyone who is.`,
        );
      else if (arm !== intake.arm)
        this.#refuse(
          intake,
          mapping.arm.column,
          `${intake.code} was allocated otherwise; an allocation never changes.`,
        );
    }
    const added: IntakeForm[] = [];
    for (const form of intake.forms) {
      const { visit, instrument } = form.columns.place;
      const record = forms.get(`${known.id}/${visit.id}/${instrument.id}`);
      if (record) this.#sameForm(intake, form, record);
      else {
        const why = closedTo(known, visit.baseline, visit.label);
        if (why) this.#refuse(intake, form.columns.answers[0]!.column, why);
        added.push(form);
      }
    }
    return { intake, known, forms: added, anchors: { screenedOn: known.screened_on, randomisedOn } };
  }

  /** What the columns say must be what is on record; fixed days of the mapping are for new participants only. */
  #sameBackground(intake: Intake, known: Known, randomisedOn: string | null): void {
    const { mapping, fields } = this.#plan;
    const screening = JSON.parse(known.screening) as Record<string, string | number>;
    for (const { field, column } of fields) {
      const value = intake.screening[field.id];
      if (value !== undefined && value !== screening[field.id])
        this.#refuse(
          intake,
          column,
          `${field.label} of ${intake.code} is ${screening[field.id] ?? 'blank'} on record; an import never overwrites.`,
        );
    }
    const days = [
      ['screening', columnOf(mapping.screenedOn), intake.screenedOn, known.screened_on],
      ['randomisation', columnOf(mapping.randomisedOn), intake.randomisedOn, randomisedOn],
    ] as const;
    for (const [what, column, day, onRecord] of days)
      if (column !== null && day !== null && day !== onRecord)
        this.#refuse(
          intake,
          column,
          `The day of ${what} of ${intake.code} is ${onRecord ?? 'not'} on record; an import never overwrites.`,
        );
  }

  #sameForm(intake: Intake, form: IntakeForm, record: FormRecord): void {
    const values = JSON.parse(record.answers) as ItemValues;
    const { answers, assessedOn } = form.columns;
    for (const { column, item } of answers) {
      const given = form.values[item.id];
      if (given && !sameAnswer(given, values[item.id]))
        this.#refuse(
          intake,
          column,
          `The form is on record with ${inWords(values[item.id])}; an import never overwrites.`,
        );
    }
    if (assessedOn !== null && form.assessedOn !== null && form.assessedOn !== record.assessed_on)
      this.#refuse(
        intake,
        assessedOn,
        `The form is on record with ${record.assessed_on ?? 'no day'}; an import never overwrites.`,
      );
  }

  #refuse(intake: Intake, column: string | null, why: string): void {
    this.#refusals.add(intake.row, column, column === null ? null : intake.cell(column), why);
  }
}

function columnOf(source: { column: string } | { value: string } | undefined): string | null {
  return source && 'column' in source ? source.column : null;
}

/** Why a new form can't be entered for someone who is on record; the same rules as when it is typed. */
function closedTo({ code, status, allocated_at }: Known, baseline: boolean, visit: string): string | null {
  if (status === 'screening' || status === 'eligible')
    return `${code} has not consented yet; record the consent first.`;
  if (status === 'excluded') return `${code} was not enrolled.`;
  if (!baseline && allocated_at === null)
    return `${code} has not been randomised yet, so ${visit} can’t be entered.`;
  return null;
}

function inWords(answer: ItemValues[string] | undefined): string {
  if (!answer) return 'no answer';
  return 'missing' in answer ? `the missing code ${answer.missing}` : `the answer ${answer.value}`;
}
