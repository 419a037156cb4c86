import type { ItemValue } from '../../server/forms/contract.ts';
import { differences, REASON, read, same, type Work, write } from './difference.ts';

/** One change: the fields it touched, with what was there before and after. */
export type Step = readonly FieldChange[];
interface FieldChange {
  field: string;
  before: ItemValue | null;
  after: ItemValue | null;
}

/** The changes of one form that can be taken back, the last one at the end, and those that were. */
export interface History {
  done: readonly Step[];
  undone: readonly Step[];
}

export const noHistory: History = { done: [], undone: [] };

/** As many as a person can look back on; older ones are in the form's history. */
const most = 50;

/**
 * The history with one more change. Letters typed into one field are one change; the date of assessment that goes
 * along with a first answer stays when that is taken back.
 */
export function record(
  history: History,
  order: readonly string[],
  before: Work,
  after: Work,
  typed: ReadonlySet<string> = new Set(),
): History {
  const changed = differences(order, before, after, before);
  const items = changed.filter(({ item }) => item !== null);
  const step = (items.length > 0 ? items : changed).map(({ field, mine, theirs }) => ({
    field,
    before: theirs,
    after: mine,
  }));
  if (step.length === 0) return history;
  const last = history.done.at(-1);
  const goesOn =
    last?.length === 1 &&
    step.length === 1 &&
    last[0]?.field === step[0]?.field &&
    comesByLetters(step[0]!.field, typed);
  if (!goesOn) return { done: [...history.done, step].slice(-most), undone: [] };
  const joined = { field: step[0]!.field, before: last[0]!.before, after: step[0]!.after };
  const earlier = history.done.slice(0, -1);
  return { done: same(joined.before, joined.after) ? earlier : [...earlier, [joined]], undone: [] };
}

const comesByLetters = (field: string, typed: ReadonlySet<string>) =>
  typed.has(field) || field.startsWith(REASON);

/** The history with older changes put below. */
export function below(history: History, older: readonly Step[]): History {
  return { ...history, done: [...older, ...history.done].slice(-most) };
}

/**
 * The work with the last change taken back, or brought back. Fields that someone has changed since stay as they are;
 * a change of which nothing is left is passed over. Null when there is none.
 */
export function takeStep(
  history: History,
  work: Work,
  direction: 'undo' | 'redo',
): { history: History; work: Work; fields: string[] } | null {
  const [from, to] = direction === 'undo' ? [history.done, history.undone] : [history.undone, history.done];
  const step = from.at(-1);
  if (!step) return null;
  const rest = from.slice(0, -1);
  const left = step.filter(({ field, before, after }) =>
    same(read(work, field), direction === 'undo' ? after : before),
  );
  const next = (taken: readonly Step[]): History =>
    direction === 'undo' ? { done: rest, undone: taken } : { done: taken, undone: rest };
  if (left.length === 0) return takeStep(next(to), work, direction);
  const changed = left.reduce(
    (made, { field, before, after }) => write(made, field, direction === 'undo' ? before : after),
    work,
  );
  return { history: next([...to, left]), work: changed, fields: left.map(({ field }) => field) };
}
