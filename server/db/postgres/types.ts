import pg from 'pg';

const INT8 = 20;
const NUMERIC = 1700;

/** Counts and sums come as numbers, as they do from SQLite; the rest as pg has it. */
export const types: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (oid === INT8 && format !== 'binary') return safeInteger;
    if (oid === NUMERIC && format !== 'binary') return Number;
    return pg.types.getTypeParser(oid, format);
  },
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The integer ${text} is beyond 2^53 − 1.`);
  return value;
}
