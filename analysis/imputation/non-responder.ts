export interface NonResponder {
  /** 1 responded, 0 didn't or wasn't seen. */
  values: (0 | 1)[];
  /** How many were missing and counted as not responding. */
  imputed: number;
}

/** Non-responder imputation: whoever wasn't seen counts as not having responded. */
export function nonResponderImputation(values: readonly (0 | 1 | null)[]): NonResponder {
  return { values: values.map((v) => v ?? 0), imputed: values.filter((v) => v === null).length };
}
