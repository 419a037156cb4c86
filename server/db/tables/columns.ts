import type { ColumnType } from 'kysely';

export type Json = string;
export type Flag = 0 | 1;
/** Written once. */
export type Fixed<T> = ColumnType<T, T, never>;
