import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import { designHash, designOf, emergencyList, seedFor } from '../../../randomisation/index.ts';
import { listAudit } from '../../../server/audit/contract.ts';
import { readGroups } from '../../../server/groups/contract.ts';
import type { Endpoint } from '../../../server/http/endpoint.ts';
import { listParticipants, readHistory, readParticipant } from '../../../server/participants/contract.ts';
import * as contract from '../../../server/randomisation/contract.ts';
import type { RoleName } from '../../../server/studies/document.ts';
import * as unblinding from '../../../server/unblinding/contract.ts';
import { type Agent, addressOf, type Sent } from '../../setup/http.ts';
import { people, type Rule, secretOf, studyOf } from './study.ts';
import { Trial } from './trial.ts';

const blinded: RoleName[] = ['coordinator', 'assessor', 'investigator', 'monitor', 'data-manager'];

/** What may differ between two plays, and tells nothing: hashes, made-up identifiers, references, times of the log. */
const masked = (text: string): string =>
  text
    .replaceAll(/\b[0-9a-f]{64}\b/g, '#')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid')
    .replaceAll(/"reference":"[^"]+"/g, '"reference":"?"')
    .replaceAll(/"person:\w+"/g, '"person:?"')
    .replaceAll(/"time":\d+/g, '"time":0');

interface Play {
  /** Everything that blinded people got to see, and the server's log. */
  seen: string[];
  arms: string[];
}

/** One and the same trial, with chance in the way that the secret has it. */
async function play(rule: Rule, secret: Uint8Array): Promise<Play> {
  const logLines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      logLines.push(String(chunk));
      done();
    },
  });
  const trial = await Trial.open(await studyOf({ rule, blinded }), secret, pino({ level: 'debug' }, sink));
  try {
    const agents = new Map<RoleName, Agent>();
    for (const role of blinded) agents.set(role, await trial.inner.agentFor(role));
    const seen: string[] = [];
    const ask = async (role: RoleName, endpoint: Endpoint, sent: Sent = {}) => {
      const address = addressOf(endpoint, { ...sent, params: { study: trial.id, ...sent.params } });
      const pending = agents.get(role)![endpoint.method](address).set('Accept-Encoding', 'identity');
      const answer = await (sent.body === undefined ? pending : pending.send(sent.body as object));
      const { date: _, ...headers } = answer.headers as Record<string, string>;
      seen.push(masked(`${role} ${endpoint.id} ${answer.status} ${JSON.stringify(headers)} ${answer.text}`));
      return answer;
    };

    const codes = await trial.ready(people(9));
    const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const allocate = (n: number, confirm = codes[n]!) =>
      ask('coordinator', contract.randomise, {
        params: { participant: codes[n]! },
        body: { key: key(n), confirm },
      });
    await ask('coordinator', contract.checkReadiness, { params: { participant: codes[0]! } });
    for (let n = 0; n < 7; n += 1) {
      const answer = await allocate(n);
      if (answer.status === 200)
        expect(answer.body).toEqual({
          masked: true,
          participant: codes[n],
          number: answer.body.number,
          at: '2026-11-23T09:00:00.000Z',
          by: 'Test coordinator',
        });
    }
    await allocate(0);
    await allocate(1, codes[2]);
    const design = designOf((await trial.as('owner')).study.document);
    const [envelope] = emergencyList(design, seedFor(secret, designHash(design)), 1, 1);
    await ask('coordinator', contract.enterEnvelope, {
      params: { participant: codes[7]! },
      body: { key: key(7), confirm: codes[7], code: envelope!.code, openedAt: '2026-11-23T08:00:00Z' },
    });
    await ask('data-manager', contract.correctStratum, {
      params: { participant: codes[0]! },
      body: { version: 4, values: { sex: 'female', age: 44 }, reason: 'Entered wrongly' },
    });
    await allocate(8);
    const asked = await ask('investigator', unblinding.requestUnblinding, {
      params: { participant: codes[1]! },
      body: { confirm: codes[1], reason: 'Severe reaction' },
    });
    // The one answer that is meant to tell an arm: to this person, of this participant.
    await agents
      .get('investigator')!
      .post(addressOf(unblinding.openUnblinding, { params: { study: trial.id, unblinding: asked.body.id } }));

    const everyone = async () => {
      for (const role of blinded) {
        const page = { query: { page: 1, size: 200 } };
        for (const endpoint of [contract.allocationLog, listAudit, listParticipants])
          await ask(role, endpoint, page);
        for (const endpoint of [
          contract.exportAllocations,
          contract.readDesign,
          unblinding.listUnblindings,
          readGroups,
        ])
          await ask(role, endpoint);
        await ask(role, contract.printEmergencyList, { body: { count: 5 } });
        for (const participant of codes.slice(0, 2)) {
          for (const endpoint of [readParticipant, readHistory, contract.checkReadiness])
            await ask(role, endpoint, { params: { participant } });
          await ask(role, contract.revealArm, { params: { participant } });
        }
      }
    };
    await everyone();
    await trial.reveal();
    await allocate(8);
    await everyone();
    return {
      seen: [...seen, ...logLines.map(masked)],
      arms: (await trial.allocations()).map(({ arm }) => arm),
    };
  } finally {
    await trial.close();
  }
}

const listOf = (...arms: string[]): Rule => ({
  method: 'list',
  entries: ['s1', 's2'].flatMap((site) =>
    ['female', 'male'].flatMap((sex) => arms.map((arm) => ({ stratum: { site, sex }, arm }))),
  ),
});

// Refusals when a list is used up, and everything else, are the same for two lists with other arms on their lines.
test('what blinded people see is the same whatever arms were drawn: texts, headers, order, refusals, logs', async () => {
  const one = await play(listOf('alpha', 'beta'), secretOf(1));
  const other = await play(listOf('gamma', 'alpha'), secretOf(2));
  expect(one.arms).not.toEqual(other.arms);
  expect(one.arms.length).toBe(other.arms.length);
  expect(one.seen).toEqual(other.seen);
  expect(one.seen.filter((line) => line.includes('can’t give a next allocation'))).toHaveLength(1);
  const telling = one.seen.filter(
    (line) => !line.includes('randomisation.design') && !line.includes('.export 200'),
  );
  expect(telling.length).toBeGreaterThan(100);
  for (const line of telling) expect(line).not.toMatch(/alpha|beta|gamma/);
}, 60_000);
