import { type Database, savepoint, type Transaction } from './database.ts';

/** A database whose writes are savepoints of one transaction: a whole demonstration is then written with one sync. */
export function nestedDatabase(db: Database, tx: Transaction): Database {
  return {
    kind: db.kind,
    read: tx,
    writer: db.writer,
    accounts: db.accounts,
    write: (work) => savepoint(tx, work),
    snapshot: (work) => work(tx),
    close: async () => {},
  };
}
