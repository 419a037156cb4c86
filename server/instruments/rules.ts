/** All that follows from an instrument document and a form's answers; the browser runs the same code as the server. */
export * from './answer.rules.ts';
export * from './answers.rules.ts';
export * from './compiled.rules.ts';
export * from './derive.rules.ts';
export * from './kinds.rules.ts';
export * from './score.rules.ts';
export * from './wording.rules.ts';
