import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { sql } from 'kysely';
import pino from 'pino';
import { expect, test } from 'vitest';
import { designHash, designOf, seedFor } from '../../../randomisation/index.ts';
import { listAudit } from '../../../server/audit/contract.ts';
import * as contract from '../../../server/randomisation/contract.ts';
import { seal, unseal } from '../../../server/randomisation/seal.ts';
import { roleName } from '../../../server/studies/document.ts';
import { databaseKind } from '../../setup/database.ts';
import { addressOf } from '../../setup/http.ts';
import { people, secretOf, studyOf } from './study.ts';
import { Trial } from './trial.ts';

/** Every way in which bytes may stand in a file or a text. */
const writings = (bytes: Uint8Array): Buffer[] => {
  const buffer = Buffer.from(bytes);
  const hex = buffer.toString('hex');
  const texts = [
    hex,
    hex.toUpperCase(),
    buffer.toString('base64').slice(0, 42),
    buffer.toString('base64url').slice(0, 42),
  ];
  return [
    buffer,
    ...texts.map((text) => Buffer.from(text)),
    Buffer.from(JSON.stringify([...bytes]).slice(1, -1)),
  ];
};

function holdsNone(where: Buffer | string, what: Uint8Array[], name: string): void {
  const haystack = Buffer.from(where);
  for (const bytes of what)
    for (const writing of writings(bytes)) expect(haystack.includes(writing), `${name} holds it`).toBe(false);
}

/** All that the database keeps: the bytes of its files, or every row of every table. */
async function kept(trial: Trial): Promise<Buffer> {
  const { services } = trial;
  if (databaseKind === 'sqlite') {
    const folder = dirname(services.config.databaseUrl.replace(/^sqlite:/, ''));
    const files = await readdir(folder);
    expect(files.some((file) => file.endsWith('-wal'))).toBe(true);
    return Buffer.concat(await Promise.all(files.map((file) => readFile(join(folder, file)))));
  }
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public'`.execute(
    services.db.read,
  );
  expect(tables.length).toBeGreaterThan(20);
  const rows = [];
  for (const { name } of tables)
    rows.push(JSON.stringify((await sql`select * from ${sql.table(name)}`.execute(services.db.read)).rows));
  return Buffer.from(rows.join('\n'));
}

test('the secret and the seed stand in clear nowhere: not in the database, not in logs, in no reply before the reveal', async () => {
  const logLines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logLines.push(String(chunk));
      done();
    },
  });
  const secret = secretOf(12);
  const log = pino({ level: 'trace' }, sink);
  const trial = await Trial.open(await studyOf({ blinded: ['monitor'] }), secret, log);
  try {
    const design = designOf((await trial.as('owner')).study.document);
    const hidden = [secret, seedFor(secret, designHash(design))];
    await trial.enrol(people(6));
    const replies: string[] = [];
    const endpoints = [
      contract.readDesign,
      contract.allocationLog,
      contract.exportAllocations,
      listAudit,
    ] as const;
    const askAll = async () => {
      for (const role of roleName.options) {
        const agent = agents.get(role)!;
        for (const endpoint of endpoints) {
          const { text, headers } = await agent.get(addressOf(endpoint, { params: { study: trial.id } }));
          replies.push(`${role} ${text} ${JSON.stringify(headers)}`);
        }
        const params = { study: trial.id };
        const { text } = await agent
          .post(addressOf(contract.printEmergencyList, { params }))
          .send({ count: 3 });
        replies.push(`${role} ${text}`);
      }
    };
    const agents = new Map<string, Awaited<ReturnType<typeof trial.inner.agentFor>>>();
    for (const role of roleName.options) agents.set(role, await trial.inner.agentFor(role));
    await askAll();
    expect(replies.filter((text) => text.includes('equipoise-allocation-log-1')).length).toBe(3);
    holdsNone(replies.join('\n'), hidden, 'a reply');
    holdsNone(logLines.join('\n'), hidden, 'the log');
    const database = await kept(trial);
    holdsNone(database, hidden, 'the database');
    // The search finds what is there.
    const { sealed_secret: sealed } = await trial.services.db.read
      .selectFrom('randomisation_design')
      .select('sealed_secret')
      .executeTakeFirstOrThrow();
    expect(database.includes(Buffer.from(sealed))).toBe(true);

    await trial.reveal();
    replies.length = 0;
    await askAll();
    const hex = Buffer.from(secret).toString('hex');
    const told = replies.filter((text) => text.includes(hex)).map((text) => text.slice(0, text.indexOf(' ')));
    expect(told).toEqual(['statistician', 'data-manager']);
    holdsNone(await kept(trial), hidden, 'the database');
    holdsNone(logLines.join('\n'), hidden, 'the log');
  } finally {
    await trial.close();
  }
}, 60_000);

test('a sealed secret opens with its key, in its place, unaltered, and not otherwise', () => {
  const key = Buffer.from(secretOf(1));
  const sealed = seal(key, 'randomisation trial epoch 1', secretOf(2));
  expect(unseal(key, 'randomisation trial epoch 1', sealed)).toEqual(Buffer.from(secretOf(2)));
  expect(seal(key, 'randomisation trial epoch 1', secretOf(2))).not.toBe(sealed);
  expect(() => unseal(key, 'randomisation trial epoch 2', sealed)).toThrow();
  expect(() => unseal(Buffer.from(secretOf(3)), 'randomisation trial epoch 1', sealed)).toThrow();
  const [version, nonce, box, tag] = sealed.split('.');
  const altered = `${box!.startsWith('A') ? 'B' : 'A'}${box!.slice(1)}`;
  expect(() =>
    unseal(key, 'randomisation trial epoch 1', [version, nonce, altered, tag].join('.')),
  ).toThrow();
});

test('two studies never share a secret, nor two epochs of one', async () => {
  const trial = await Trial.open(await studyOf());
  try {
    await trial.enrol(people(1));
    await trial.amend((document) => ({
      ...document,
      allocation: { ...document.allocation, rule: { method: 'simple' } },
    }));
    await trial.enrol(people(1));
    await trial.reveal();
    const secrets = (await trial.export()).epochs.map(({ secret }) => secret!);
    expect(secrets.every((secret) => /^[0-9a-f]{64}$/.test(secret))).toBe(true);
    expect(new Set(secrets).size).toBe(2);
  } finally {
    await trial.close();
  }
});
