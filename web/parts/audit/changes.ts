export interface FieldChange {
  field: string;
  before: string | null;
  after: string | null;
}

/** The fields in which two states differ, in words; a state that isn't an object is one field without a name. */
export function changesOf(before: unknown, after: unknown): FieldChange[] {
  if (!isObject(before) && !isObject(after)) {
    return before === null && after === null
      ? []
      : [{ field: '', before: inWords(before), after: inWords(after) }];
  }
  const [first, second] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(first), ...Object.keys(second)])]
    .filter((field) => JSON.stringify(first[field]) !== JSON.stringify(second[field]))
    .map((field) => ({ field, before: inWords(first[field]), after: inWords(second[field]) }));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inWords(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ');
}
