/**
 * The randomisation rules can't go on: the design is not valid, the input doesn't belong to it, or a list is used
 * up. Nothing has been changed when it is thrown. The text is for people and names no arm.
 */
export class RandomisationError extends Error {
  override name = 'RandomisationError';
  readonly reason: 'design' | 'factors' | 'history' | 'exhausted';
  constructor(reason: RandomisationError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}
