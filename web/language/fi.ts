import shell from './fi/shell.json';

/** The Finnish of the interface, by its English. One file for each area. */
export const finnish: Record<string, string> = { ...shell };
