import type { FormView, ItemValue, ItemValues, Reasons } from '../../server/forms/contract.ts';
import { sameAnswer } from '../../server/forms/rules.ts';

/** What a person can change in a form. */
export interface Work {
  assessedOn: string | null;
  lateReason: string | null;
  values: ItemValues;
  /** Why unusual answers are right, by the item or the check. */
  reasons?: Reasons;
}

/** What the person asked for beyond keeping: "mark complete", or a change to a complete form with its reason. */
export interface Intent {
  complete?: true;
  reason?: string;
}

/** The part of a form that can be changed. */
export function workOf(
  form: Pick<FormView, 'assessedOn' | 'lateReason' | 'values'> & { reasons?: Reasons },
): Work {
  const { assessedOn, lateReason, values, reasons } = form;
  return { assessedOn, lateReason, values, reasons };
}

/** One field on which two versions disagree. `item` is null for the fields above the items. */
export interface Difference {
  field: string;
  item: string | null;
  mine: ItemValue | null;
  theirs: ItemValue | null;
  /** Who changed it since the version that the work began on. */
  changedBy: 'me' | 'them' | 'both';
}

/** Begins the name of the field of a reason; no item has such an id. */
export const REASON = 'reason:';

const headFields = ['assessedOn', 'lateReason'] as const;

/** Every field on which `mine` and `theirs` differ, in form order; `base` is the version both began on. */
export function differences(order: readonly string[], base: Work, mine: Work, theirs: Work): Difference[] {
  const reasons = [base, mine, theirs].flatMap((work) => Object.keys(work.reasons ?? {}));
  return [...headFields, ...order, ...new Set(reasons.map((key) => `${REASON}${key}`))]
    .map((field) => {
      const [before, my, their] = [base, mine, theirs].map((work) => read(work, field));
      if (same(my!, their!)) return null;
      const changedBy = same(before!, my!) ? 'them' : same(before!, their!) ? 'me' : 'both';
      return {
        field,
        item: isHead(field) || field.startsWith(REASON) ? null : field,
        mine: my!,
        theirs: their!,
        changedBy,
      } as Difference;
    })
    .filter((difference) => difference !== null);
}

export type Choice = 'mine' | 'theirs';

/** Their version with my value in each field that was chosen so. */
export function merge(mine: Work, theirs: Work, choices: Readonly<Record<string, Choice>>): Work {
  let merged = theirs;
  for (const [field, choice] of Object.entries(choices)) {
    if (choice === 'mine') merged = write(merged, field, read(mine, field));
  }
  return merged;
}

/** Whether two pieces of work hold the same values. */
export function sameWork(order: readonly string[], one: Work, other: Work): boolean {
  return differences(order, one, one, other).length === 0;
}

/** Whether the server's form is what was sent: the answer got lost on its way, and nobody saved since. */
export function sameAsSent(form: FormView, sent: { work: Work; intent: Intent | null }): boolean {
  const theirs = workOf(form);
  const items = new Set([...Object.keys(theirs.values), ...Object.keys(sent.work.values)]);
  return sameWork([...items], sent.work, theirs) && (!sent.intent?.complete || form.status === 'complete');
}

function isHead(field: string): field is (typeof headFields)[number] {
  return (headFields as readonly string[]).includes(field);
}

/** The value of a field, of one above the items or of an item; null where it is blank. */
export function read(work: Work, field: string): ItemValue | null {
  if (field.startsWith(REASON)) {
    const reason = work.reasons?.[field.slice(REASON.length)];
    return reason === undefined ? null : { value: reason };
  }
  if (!isHead(field)) return work.values[field] ?? null;
  const value = work[field];
  return value === null || value === '' ? null : { value };
}

/** The work with a field's value put in; null leaves the field blank. */
export function write(work: Work, field: string, to: ItemValue | null): Work {
  if (isHead(field)) return { ...work, [field]: to && 'value' in to ? String(to.value) : null };
  if (field.startsWith(REASON)) return withReason(work, field.slice(REASON.length), to);
  const { [field]: _, ...values } = work.values;
  return { ...work, values: to ? { ...values, [field]: to } : values };
}

/** Whether two values of a field are the same. */
export const same = (one: ItemValue | null, other: ItemValue | null): boolean =>
  sameAnswer(one ?? undefined, other ?? undefined);

function withReason(work: Work, key: string, to: ItemValue | null): Work {
  const { [key]: _, ...reasons } = work.reasons ?? {};
  return {
    ...work,
    reasons: to && 'value' in to ? { ...reasons, [key]: String(to.value) } : reasons,
  };
}
