import type { ColumnDefinitionBuilder, Kysely } from 'kysely';
import { columnTypes } from './portable.ts';

const required = (column: ColumnDefinitionBuilder) => column.notNull();
const key = (column: ColumnDefinitionBuilder) => column.notNull().primaryKey();
const unique = (column: ColumnDefinitionBuilder) => column.notNull().unique();

/** better-auth 1.7's core tables, and its counter of requests, by its own names and types. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, integer, bigint, authDate, authFlag } = columnTypes(db);

  await db.schema
    .createTable('user')
    .addColumn('id', text, key)
    .addColumn('name', text, required)
    .addColumn('email', text, unique)
    .addColumn('emailVerified', authFlag, required)
    .addColumn('image', text)
    .addColumn('createdAt', authDate, required)
    .addColumn('updatedAt', authDate, required)
    .execute();

  await db.schema
    .createTable('session')
    .addColumn('id', text, key)
    .addColumn('expiresAt', authDate, required)
    .addColumn('token', text, unique)
    .addColumn('createdAt', authDate, required)
    .addColumn('updatedAt', authDate, required)
    .addColumn('ipAddress', text)
    .addColumn('userAgent', text)
    .addColumn('userId', text, (column) => required(column).references('user.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('session_userId_idx').on('session').column('userId').execute();

  await db.schema
    .createTable('account')
    .addColumn('id', text, key)
    .addColumn('accountId', text, required)
    .addColumn('providerId', text, required)
    .addColumn('userId', text, (column) => required(column).references('user.id').onDelete('cascade'))
    .addColumn('accessToken', text)
    .addColumn('refreshToken', text)
    .addColumn('idToken', text)
    .addColumn('accessTokenExpiresAt', authDate)
    .addColumn('refreshTokenExpiresAt', authDate)
    .addColumn('scope', text)
    .addColumn('password', text)
    .addColumn('createdAt', authDate, required)
    .addColumn('updatedAt', authDate, required)
    .execute();
  await db.schema.createIndex('account_userId_idx').on('account').column('userId').execute();

  await db.schema
    .createTable('verification')
    .addColumn('id', text, key)
    .addColumn('identifier', text, required)
    .addColumn('value', text, required)
    .addColumn('expiresAt', authDate, required)
    .addColumn('createdAt', authDate, required)
    .addColumn('updatedAt', authDate, required)
    .execute();
  await db.schema
    .createIndex('verification_identifier_idx')
    .on('verification')
    .column('identifier')
    .execute();

  await db.schema
    .createTable('rateLimit')
    .addColumn('id', text, key)
    .addColumn('key', text, unique)
    .addColumn('count', integer, required)
    .addColumn('lastRequest', bigint, required)
    .execute();
}
