import type { Intake } from './intake.ts';
import { columnOf, type Plan } from './plan.ts';

type Refuse = (column: string | null, why: string) => void;

/** What stands against registering someone who is not on record. A cell that was refused already isn't refused again. */
export function checkNewcomer({ mapping }: Plan, intake: Intake, refuse: Refuse): void {
  const { arm, randomisedOn, screenedOn, screening, code, forms, protocol } = intake;
  const blank = (column: string | null): boolean => column === null || intake.cell(column) === '';
  const screenedColumn = columnOf(mapping.screenedOn ?? mapping.randomisedOn);
  if (screenedOn === null && blank(screenedColumn))
    refuse(
      screenedColumn,
      `${code} is not registered yet, and to register it the day of screening is needed.`,
    );
  for (const field of protocol.study.document.screening.fields) {
    const column = mapping.screening.find((one) => one.field === field.id)?.column ?? null;
    if (screening[field.id] === undefined && blank(column))
      refuse(
        column,
        `${code} is not registered yet, and to register it an answer to “${field.label}” is needed.`,
      );
  }
  const randomisedColumn = columnOf(mapping.randomisedOn);
  if (screenedOn !== null && randomisedOn !== null && randomisedOn < screenedOn)
    refuse(randomisedColumn, `Randomised on ${randomisedOn}, before the screening on ${screenedOn}.`);
  const armColumn = mapping.arm?.column ?? null;
  if (arm !== null && randomisedOn === null && blank(randomisedColumn))
    refuse(randomisedColumn, 'The row has an arm but no day of randomisation.');
  if (arm !== null || !blank(armColumn)) return;
  if (armColumn !== null && randomisedColumn !== null && randomisedOn !== null)
    refuse(armColumn, 'The row has a day of randomisation but no arm.');
  if (forms[0])
    refuse(
      forms[0].columns.answers[0]!.column,
      `${code} has no arm in the file and would be registered in screening; answers are taken once the consent is on record.`,
    );
}
