/** The one expression language of documents: conditions, calculations and checks. */
export * from './days.rules.ts';
export * from './evaluate.rules.ts';
export * from './functions.rules.ts';
export * from './names.rules.ts';
export * from './parse.rules.ts';
export * from './syntax.rules.ts';
export * from './typing.rules.ts';
