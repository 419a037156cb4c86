/** What follows from a study document alone; the browser runs the same code as the server. */
export * from './allocation.rules.ts';
export * from './eligibility.rules.ts';
export * from './masking.rules.ts';
export * from './recruiting.rules.ts';
export * from './stratum.rules.ts';
export * from './window.rules.ts';
