export type DatasetFault =
  | 'duplicate-score'
  | 'duplicate-participant'
  | 'not-finite'
  | 'unknown-arm'
  | 'unknown-participant'
  | 'unknown-visit'
  | 'plan';

/** Data or a plan that no analysis may be run on: nothing was computed, and the message says what to mend. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  readonly fault: DatasetFault;

  constructor(fault: DatasetFault, message: string) {
    super(message);
    this.fault = fault;
  }
}
