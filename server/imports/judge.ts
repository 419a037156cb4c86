import type { ItemValues } from '../forms/contract.ts';
import { causesOf } from '../forms/followUp.ts';
import { surroundings } from '../forms/situation.ts';
import { checkValues, progress } from '../instruments/rules.ts';
import type { Cause } from '../queries/automatic.ts';
import { outsideWindow, windowOf } from '../visits/rules.ts';
import type { Intake, IntakeForm } from './intake.ts';

/** A form of a row, held to the same checks as one that is typed. */
export interface JudgedForm extends IntakeForm {
  /** Whether every required item has an answer or a missing code. */
  complete: boolean;
  /** Why the day is outside the window; null where it isn't. */
  lateReason: string | null;
  /** What an entered form would ask about by itself; nothing while it isn't complete. */
  causes: Cause[];
}

interface Person {
  screening: Readonly<Record<string, string | number>>;
  anchors: { screenedOn: string; randomisedOn: string | null };
  today: string;
  /** A form that is on record. */
  form(visit: string, instrument: string): { assessedOn: string | null; values: ItemValues } | undefined;
}

/**
 * Judges a form of a row with all that is known of its participant: forms on record, and the others of the row.
 * @param refuse hears of each impossible value
 * @param reason says where the row is from
 */
export function judgeForm(
  intake: Intake,
  form: IntakeForm,
  { screening, anchors, today, form: onRecord }: Person,
  reason: string,
  refuse: (column: string, why: string) => void,
): JudgedForm {
  const { columns, values, assessedOn } = form;
  const { place, answers } = columns;
  const { study } = intake.protocol;
  const inRow = (visit: string, instrument: string) =>
    intake.forms.find(
      ({ columns: { place } }) => place.visit.id === visit && place.instrument.id === instrument,
    );
  const around = surroundings(
    study,
    place,
    { screening, ...anchors, today, form: (visit, id) => onRecord(visit, id) ?? inRow(visit, id) },
    assessedOn,
  );
  const findings = checkValues(place.instrument, values, study.document.missing, around);
  for (const { kind, item, message } of findings)
    if (kind === 'impossible')
      refuse((answers.find((one) => one.item.id === item) ?? answers[0]!).column, message);
  const window = windowOf(place.visit, anchors);
  const late = assessedOn === null || window === null ? null : outsideWindow(window, assessedOn);
  const lateReason = late === null ? null : reason;
  const complete = progress(place.instrument, values, around).blank.length === 0;
  const causes = complete
    ? causesOf(
        {
          before: undefined,
          record: { assessed_on: assessedOn, late_reason: lateReason },
          judged: { findings, changes: [], reasons: {}, late },
        },
        true,
      )
    : [];
  return { ...form, complete, lateReason, causes };
}
