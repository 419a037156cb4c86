import type { ImportMapping } from './contract.ts';

/** Every column that the mapping reads, each once. */
export function mappedColumns(mapping: ImportMapping): string[] {
  const { participant, site, screenedOn, randomisedOn, arm, screening, answers, assessedOn } = mapping;
  const sources = [participant, site, screenedOn, randomisedOn, arm, ...screening, ...answers, ...assessedOn];
  return [...new Set(sources.flatMap((source) => (source && 'column' in source ? [source.column] : [])))];
}
