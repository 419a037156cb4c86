import type { ItemValue, ItemValues } from '../forms/contract.ts';
import { sameAnswer } from '../forms/rules.ts';
import type { FormRecord } from '../forms/store.ts';
import type { Intake, IntakeForm } from './intake.ts';
import { columnOf, type Plan } from './plan.ts';
import type { Known } from './store.ts';

type Refuse = (column: string | null, why: string) => void;

interface OnRecord {
  known: Known;
  randomisedOn: string | null;
  /** Null where the caller is blinded, or nobody randomised the participant. */
  arm: string | null;
  form(visit: string, instrument: string): FormRecord | undefined;
}

/**
 * Holds an intake against a participant who is on record: nothing may differ, because an import never overwrites.
 * Days that the mapping fixes for all rows are for new participants only, and are not compared.
 *
 * @returns the forms that are new
 */
export function compare(plan: Plan, intake: Intake, onRecord: OnRecord, refuse: Refuse): IntakeForm[] {
  compareBackground(plan, intake, onRecord, refuse);
  return intake.forms.filter((form) => {
    const { visit, instrument } = form.columns.place;
    const record = onRecord.form(visit.id, instrument.id);
    if (record) {
      compareForm(form, record, refuse);
      return false;
    }
    const why = closedTo(onRecord.known, visit.baseline, visit.label);
    if (why) refuse(form.columns.answers[0]!.column, why);
    return true;
  });
}

function compareBackground(
  { mapping }: Plan,
  intake: Intake,
  { known, arm, randomisedOn }: OnRecord,
  refuse: Refuse,
): void {
  const screening = JSON.parse(known.screening) as Record<string, string | number>;
  for (const { field, column } of intake.protocol.fields) {
    const value = intake.screening[field.id];
    if (value !== undefined && value !== screening[field.id])
      refuse(
        column,
        `${field.label} of ${known.code} is ${screening[field.id] ?? 'blank'} on record; ${NEVER}`,
      );
  }
  const days = [
    ['screening', columnOf(mapping.screenedOn), intake.screenedOn, known.screened_on],
    ['randomisation', columnOf(mapping.randomisedOn), intake.randomisedOn, randomisedOn],
  ] as const;
  for (const [what, column, day, recorded] of days)
    if (column !== null && day !== null && day !== recorded)
      refuse(column, `The day of ${what} of ${known.code} is ${recorded ?? 'not'} on record; ${NEVER}`);
  if (!mapping.arm || intake.arm === null || intake.arm === arm) return;
  refuse(
    mapping.arm.column,
    arm === null
      ? `${known.code} is on record and not randomised; an import randomises nobody who is.`
      : `${known.code} was allocated otherwise; an allocation never changes.`,
  );
}

function compareForm(form: IntakeForm, record: FormRecord, refuse: Refuse): void {
  const values = JSON.parse(record.answers) as ItemValues;
  const { answers, assessedOn } = form.columns;
  for (const { column, item } of answers) {
    const given = form.values[item.id];
    if (given && !sameAnswer(given, values[item.id]))
      refuse(column, `The form is on record with ${inWords(values[item.id])}; ${NEVER}`);
  }
  if (assessedOn !== null && form.assessedOn !== null && form.assessedOn !== record.assessed_on)
    refuse(assessedOn, `The form is on record with ${record.assessed_on ?? 'no day'}; ${NEVER}`);
}

const NEVER = 'an import never overwrites.';

/** Why a new form can't be entered; the same rules as when it is typed. */
function closedTo({ code, status, allocated_at }: Known, baseline: boolean, visit: string): string | null {
  if (status === 'screening' || status === 'eligible')
    return `${code} has not consented yet; record the consent first.`;
  if (status === 'excluded') return `${code} was not enrolled.`;
  if (!baseline && allocated_at === null)
    return `${code} has not been randomised yet, so ${visit} can’t be entered.`;
  return null;
}

function inWords(answer: ItemValue | undefined): string {
  if (!answer) return 'no answer';
  if ('missing' in answer) return `the missing code ${answer.missing}`;
  const { value } = answer;
  return `the answer ${Array.isArray(value) ? value.join('|') : typeof value === 'object' ? value.name : value}`;
}
